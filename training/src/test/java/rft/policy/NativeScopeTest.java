package rft.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NativeScopeTest {
  private final Policy policy = Policy.random(TinyModels.multiHead(), 5, "cpu");

  @AfterEach
  void close() {
    policy.close();
  }

  @Test
  void whatAnInnerScopeMadeIsFreedUnlessItIsKept() {
    try (NativeScope scope = policy.scope()) {
      NDArray kept;
      NDArray lost;
      try (NativeScope inner = scope.inner()) {
        kept = scope.keep(inner.floats("kept", new float[] {1, 2}, 2));
        lost = inner.floats("lost", new float[] {3}, 1);
      }
      assertArrayEquals(new float[] {1, 2}, kept.toFloatArray());
      assertThrows(IllegalStateException.class, lost::toFloatArray);
    }
  }

  @Test
  void resultsBelongToTheScopeThatCalls() {
    try (NativeScope scope = policy.scope()) {
      NDArray result;
      try (NativeScope inner = scope.inner()) {
        result = select(inner, inner.longs("rows", new long[] {1}, 1), scope);
        assertEquals(5, result.toFloatArray()[0]);
      }
      NDArray freed = result;
      assertThrows(IllegalStateException.class, freed::toFloatArray);
    }
  }

  @Test
  void callWhoseResultsAnotherScopeWouldOwnIsRefused() {
    try (NativeScope scope = policy.scope();
        NativeScope inner = scope.inner()) {
      NDArray rows = scope.longs("rows", new long[] {1}, 1);
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> select(inner, rows, scope));
      assertEquals(
          "the first input of select must belong to the scope that calls", error.getMessage());
    }
  }

  private NDArray select(NativeScope caller, NDArray rows, NativeScope owner) {
    NDArray table = owner.floats("cache[]", new float[] {4, 5}, 2);
    NDList in = NativeScope.list(rows, List.of(table));
    return caller.call(policy.program(), "select", false, in).get(0);
  }

  @Test
  void somethingElseThanArraysIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> NativeScope.list("array"));
  }
}
