package rft.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShardsTest {
  @Test
  void partsAreContiguousAndInOrder() {
    try (Shards shards = new Shards(2)) {
      assertEquals(
          List.of(List.of(1, 2), List.of(3, 4, 5)),
          shards.map(List.of(1, 2, 3, 4, 5), part -> part));
    }
  }

  @Test
  void emptyPartsAreLeftOut() {
    try (Shards shards = new Shards(4)) {
      assertEquals(1, shards.map(List.of(7), part -> part).size());
      assertEquals(0, shards.map(List.of(), part -> part).size());
    }
  }

  @Test
  void failureOfAPartIsTheCallersFailure() {
    try (Shards shards = new Shards(2)) {
      IllegalStateException error =
          assertThrows(
              IllegalStateException.class,
              () ->
                  shards.map(
                      List.of(1, 2),
                      part -> {
                        throw new IllegalStateException("part " + part.get(0));
                      }));
      assertEquals("part 1", error.getMessage());
    }
  }
}
