package rft.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits for one client, and what of it is left out. */
final class EventQueueTest {
  private final EventQueue queue = new EventQueue(3);

  private static StreamEvent event(String data, String key) {
    return new StreamEvent("metrics", data, data, key);
  }

  private List<String> take() throws InterruptedException {
    return queue.take(Duration.ZERO).stream().map(StreamEvent::data).toList();
  }

  @Test
  void eventsComeInOrder() throws InterruptedException {
    queue.add(event("1", null));
    queue.add(event("2", null));
    assertEquals(List.of("1", "2"), take());
    assertEquals(List.of(), take());
  }

  @Test
  void ofOneKeyTheNewestStaysAndGoesToTheEnd() throws InterruptedException {
    queue.add(event("1", "a"));
    queue.add(event("2", "b"));
    queue.add(event("3", "a"));
    queue.add(event("4", "a"));
    assertEquals(List.of("2", "4"), take());
  }

  @Test
  void tooManyAreDroppedAndTheClientIsToldOnce() throws InterruptedException {
    for (int i = 1; i <= 4; i++) {
      queue.add(event("" + i, null));
    }
    assertEquals(List.of("{}", "4"), take());
    for (int i = 1; i <= 100; i++) {
      queue.add(event("" + i, null));
    }
    List<String> rest = take();
    assertEquals("{}", rest.get(0));
    assertEquals(1, rest.stream().filter("{}"::equals).count());
    assertEquals("100", rest.get(rest.size() - 1));
    assertTrue(rest.size() <= 3, rest.toString());
  }

  @Test
  void aNewerStateOfAFullQueueDropsNothing() throws InterruptedException {
    queue.add(event("1", "a"));
    queue.add(event("2", "b"));
    queue.add(event("3", "c"));
    queue.add(event("4", "b"));
    assertEquals(List.of("1", "3", "4"), take());
  }

  @Test
  void aClosedQueueTakesNothingAndHasNothing() throws InterruptedException {
    queue.add(event("1", null));
    queue.close();
    assertFalse(queue.add(event("2", null)));
    assertEquals(List.of(), take());
  }

  @Test
  void anEventIsALineForEachField() {
    assertEquals(
        "id: 7\nevent: run\ndata: {}\n\n", new StreamEvent("run", "{}", "7", null).frame());
    assertEquals("event: run\ndata: a\ndata: b\n\n", StreamEvent.of("run", "a\r\nb").frame());
    assertEquals("event: run\ndata:\n\n", StreamEvent.of("run", "").frame());
  }

  @Test
  void noFieldCanHoldAnotherOne() {
    assertThrows(IllegalArgumentException.class, () -> StreamEvent.of("run\ndata: x", "{}"));
    assertThrows(
        IllegalArgumentException.class, () -> new StreamEvent("run", "{}", "7\n\nevent: x", null));
  }
}
