package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class InterruptionTest {
  private final Screenshot screen = Screenshot.plain();
  private final Interruption interruption = new Interruption(screen.terminal());

  @Test
  void aVerbThatNeverAsksIsNotWaitedFor() {
    interruption.stopAndWait();
    assertEquals("", screen.err());
  }

  @Test
  void aVerbThatAsksIsToldAndWaitedFor() throws InterruptedException {
    assertFalse(interruption.requested());
    interruption.says("Stopping: so and so.");
    Thread hook = new Thread(interruption::stopAndWait);
    hook.start();
    while (!interruption.requested()) {
      Thread.onSpinWait();
    }
    assertTrue(hook.isAlive());
    interruption.finished();
    hook.join(Duration.ofSeconds(20).toMillis());
    assertFalse(hook.isAlive());
    assertEquals("Stopping: so and so.", screen.err().strip());
  }

  @Test
  void aCommandThatHasEndedIsNotWaitedFor() {
    assertFalse(interruption.requested());
    interruption.finished();
    interruption.stopAndWait();
    assertEquals("", screen.err());
  }
}
