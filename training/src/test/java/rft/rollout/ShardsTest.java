package rft.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  void callerThatIsInterruptedHearsOfItOnlyWhenNoPartRunsAnyMore() {
    Thread caller = Thread.currentThread();
    CountDownLatch started = new CountDownLatch(2);
    AtomicInteger ended = new AtomicInteger();
    try (Shards shards = new Shards(2)) {
      assertThrows(
          CancellationException.class,
          () ->
              shards.map(
                  List.of(1, 2),
                  part -> {
                    started.countDown();
                    while (started.getCount() > 0) {
                      Thread.onSpinWait();
                    }
                    caller.interrupt();
                    long start = System.nanoTime();
                    while (!Thread.currentThread().isInterrupted()
                        || System.nanoTime() - start < 50_000_000) {
                      Thread.onSpinWait();
                    }
                    return ended.incrementAndGet();
                  }));
      assertEquals(2, ended.get());
      assertTrue(Thread.interrupted(), "the caller stays interrupted");
      assertEquals(
          List.of(false, false),
          shards.map(List.of(1, 2), part -> Thread.currentThread().isInterrupted()),
          "an interrupt does not reach the next work");
    }
  }

  @Test
  void zeroThreadsAreRefused() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new Shards(0));
    assertEquals("threads (0) must be at least 1", error.getMessage());
  }
}
