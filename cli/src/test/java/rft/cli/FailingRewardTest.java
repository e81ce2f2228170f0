package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A reward that breaks its contract stops the run by name, and leaves its rollouts to look at. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
final class FailingRewardTest {
  private static final String NUMBER =
      """
      import rft.dataset.Task;
      import rft.reward.Completion;
      public final class Mine {
        public static double reward(Task task, Completion completion) {
          %s
        }
      }
      """;

  @TempDir Path folder;
  private UserHome user;

  @BeforeEach
  void makeHome() {
    user = UserHome.within(folder);
  }

  @Test
  void oneThatThrows() throws Exception {
    stops(
        NUMBER.formatted("throw new IllegalStateException(\"no luck\");"),
        "EXCEPTION: the reward threw IllegalStateException: no luck (reward, Mine.java line 5)");
  }

  @Test
  void oneThatHangs() throws Exception {
    // Its thread goes on until the process ends.
    user = new UserHome(folder);
    stops(NUMBER.formatted("while (true) { }"), "TIMEOUT: the reward did not answer within 200 ms");
  }

  @Test
  void oneThatReturnsNaN() throws Exception {
    stops(NUMBER.formatted("return Double.NaN;"), "NOT_A_NUMBER: ");
  }

  @Test
  void oneThatReturnsAHugeNumber() throws Exception {
    stops(NUMBER.formatted("return 1e308;"), "OUT_OF_RANGE: ");
  }

  @Test
  void oneThatGivesAWholeGroupOneVerdict() throws Exception {
    stops(
        """
        import java.util.List;
        import rft.dataset.Task;
        import rft.reward.*;
        public final class Mine implements GroupReward {
          public List<Verdict> score(Task task, List<Completion> group) {
            return List.of(Score.of(1));
          }
        }
        """,
        "WRONG_COUNT: the reward returned 1 verdict");
  }

  @Test
  void measuringByOneThatFailsSaysThatNothingWasMeasured() throws Exception {
    Path reward = throwing();
    Launch.Outcome outcome =
        user.rft(
            "evaluate", "--data=json", "--tasks=3", "--samples=2", "--reward=" + reward, "--json");
    assertEquals(1, outcome.exitCode(), outcome.err());
    UserHome.assertSentence("6 of 6 answers have no reward and count as wrong", outcome.err());
    UserHome.assertSentence("IllegalStateException: no luck", outcome.err());
    JsonNode result = UserHome.read(outcome.out()).path("result");
    assertTrue(result.path("mean_reward").isNull(), result.toString());
    assertEquals(6, result.path("unscored").asInt());
  }

  @Test
  void rolloutsThatItCannotScoreSayWhy() throws Exception {
    String shown =
        user.ok("rollout", "--data=json", "--tasks=1", "--group-size=3", "--reward=" + throwing())
            .out();
    assertTrue(shown.contains("failed: the reward threw IllegalStateException: no luck"), shown);
    assertEquals(shown.indexOf("no luck"), shown.lastIndexOf("no luck"), shown);
  }

  @Test
  void comparingByItComparesNothing() throws Exception {
    String run = user.trained("--data=json", "--steps=1", "--validate-every=0");
    Launch.Outcome outcome =
        user.rft(
            "compare",
            "--run=" + run,
            "--data=json",
            "--tasks=2",
            "--samples=2",
            "--reward=" + throwing());
    assertEquals(1, outcome.exitCode(), outcome.err());
    UserHome.assertSentence("8 of 8 answers have no reward and count as wrong", outcome.err());
  }

  @Test
  void aCheckThatFailsIsToldOnce() throws Exception {
    String run =
        user.trained("--data=json", "--steps=2", "--check=" + throwing(), "--validate-every=1");
    List<String> warnings =
        user.json("runs", "show", run).path("events").findValuesAsText("detail").stream()
            .filter(
                text ->
                    text.contains(" answers have no reward and count as wrong; the first: task "))
            .toList();
    assertEquals(1, warnings.size(), warnings.toString());
  }

  private Path throwing() throws Exception {
    return user.write(
        "Mine.java", NUMBER.formatted("throw new IllegalStateException(\"no luck\");"));
  }

  /** Asserts that a training with this reward fails, once for a person and once for a program. */
  private void stops(String source, String failure) throws Exception {
    Path reward = user.write("Mine.java", source);
    Launch.Outcome outcome =
        user.train(
            "--data=json", "--steps=3", "--reward=" + reward, "--reward-seconds=0.2", "--json");
    assertEquals(1, outcome.exitCode(), outcome.err());
    UserHome.assertSentence("100 % of the rewards of step 1 failed: " + failure, outcome.err());
    JsonNode run = UserHome.read(outcome.out()).path("runs").get(0);
    assertEquals("reward_failed", run.path("ending").asText());
    String id = run.path("id").asText();
    assertEquals("failed", user.status(id));
    String next = run.path("next").asText();
    assertEquals("rft runs show " + id + " --step 1", next);
    String shown = user.ok(next.substring("rft ".length()).split(" ")).out();
    assertTrue(shown.contains("failed"), shown);
  }
}
