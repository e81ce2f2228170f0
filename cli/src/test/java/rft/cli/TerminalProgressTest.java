package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import rft.command.Progress.Reading;
import rft.command.Progress.Update;

final class TerminalProgressTest {
  private static final Terminal.Screen PERSON = new Terminal.Screen(false, true, true, false, 100);

  @Test
  void aLogGetsTheFirstAndTheLastStepAndFewBetween() {
    Screenshot log = Screenshot.plain();
    try (TerminalProgress progress = progress(log)) {
      for (int step = 1; step <= 1000; step++) {
        progress.report(update(step, 1000));
      }
    }
    List<String> lines = log.err().lines().toList();
    assertEquals("train 1/1000  reward 0.250  speed 5120 tok/s", lines.get(0));
    assertTrue(lines.get(lines.size() - 1).startsWith("train 1000/1000"), log.err());
    assertTrue(lines.size() < 10, log.err());
    assertEquals("", log.out());
  }

  @Test
  void aPersonGetsABarThatEndsFull() {
    Screenshot screen = new Screenshot(PERSON);
    try (TerminalProgress progress = progress(screen)) {
      progress.report(update(1, 4));
      progress.report(update(4, 4));
    }
    assertTrue(screen.err().contains("train 100%"), screen.err());
    assertTrue(screen.err().contains("4/4"), screen.err());
    assertTrue(screen.err().contains("reward 0.250"), screen.err());
    assertEquals("", screen.out());
  }

  @Test
  void aSentenceHasALineOfItsOwn() {
    Screenshot screen = new Screenshot(PERSON);
    try (TerminalProgress progress = progress(screen)) {
      progress.report(update(1, 4));
      progress.say("checkpoint \u001b[31mwritten");
    }
    assertTrue(screen.err().contains("\u001b[Kcheckpoint \\u001b[31mwritten\n"), screen.err());
  }

  @Test
  void anUnknownValueIsADash() {
    Screenshot log = Screenshot.plain();
    try (TerminalProgress progress = progress(log)) {
      progress.report(new Update("train", 1, 0, List.of(new Reading("reward", Double.NaN, ""))));
    }
    assertEquals("train 1  reward -\n", log.err());
  }

  private static TerminalProgress progress(Screenshot screen) {
    return new TerminalProgress(screen.terminal(), new Interruption(screen.terminal()));
  }

  private static Update update(int step, int total) {
    return new Update(
        "train",
        step,
        total,
        List.of(new Reading("reward", 0.25, ""), new Reading("speed", 5120, "tok/s")));
  }
}
