package rft.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.Score;

@DisabledOnOs(OS.WINDOWS)
final class CommandWireTest {
  @TempDir Path folder;

  @Test
  void aProgramIsAReward() throws Exception {
    Path script =
        script(
            "sed -E"
                + " 's/.*\"id\":\"([^\"]*)\".*/[{\"id\":\"\\1\",\"aggregate_reward_score\":0.5}]/'");
    try (LambdaReward reward = (LambdaReward) new RemoteLanguage().load("r", "command:" + script)) {
      assertEquals(
          List.of(Score.of(0.5)),
          reward.score(TestRewards.TASK, List.of(Completion.of("it is 3"))));
    }
  }

  @Test
  void argumentsMayStandInQuotes() {
    assertEquals(List.of("a", "b c", "d e", "f"), CommandWire.words("a \"b c\" 'd e'  f"));
  }

  @Test
  void aProgramThatHangsIsKilledWithWhatItStarted() throws Exception {
    Path mark = folder.resolve("alive");
    Path script = script("(sleep 1; touch " + mark + ") & sleep 60");
    CommandWire wire = new CommandWire(List.of(script.toString()), Duration.ofMillis(300));

    LambdaException refused = assertThrows(LambdaException.class, () -> wire.send("[]"));

    assertEquals(Failure.Kind.TIMEOUT, refused.kind());
    Thread.sleep(1_200);
    assertFalse(Files.exists(mark), "a process it started went on");
  }

  @Test
  void aProgramThatFailsSaysWhy() throws Exception {
    CommandWire wire = new CommandWire(List.of(script("echo 'no model' >&2; exit 3").toString()));

    LambdaException refused = assertThrows(LambdaException.class, () -> wire.send("[]"));

    assertEquals(Failure.Kind.EXCEPTION, refused.kind());
    assertTrue(refused.getMessage().endsWith("ended with 3: no model"), refused.getMessage());
  }

  @Test
  void aProgramThatDoesNotReadIsNoError() throws Exception {
    CommandWire wire = new CommandWire(List.of(script("echo '[]'").toString()));

    assertEquals("[]\n", wire.send("x".repeat(1 << 20)));
  }

  @Test
  void aProgramThatCannotStartIsAFailureOfTheService() {
    CommandWire wire = new CommandWire(List.of("no-such-program"));

    assertEquals(
        Failure.Kind.SERVICE, assertThrows(LambdaException.class, () -> wire.send("[]")).kind());
  }

  private Path script(String lines) throws Exception {
    Path script = folder.resolve("score.sh");
    Files.writeString(script, "#!/bin/sh\n" + lines + "\n");
    assertTrue(script.toFile().setExecutable(true));
    return script;
  }
}
