package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rft.lab.VerdictDiff;
import rft.reward.RewardCompiler;
import rft.reward.Score;

final class RewardDiffTest {
  private static final String STRICT = "return completion.equals(answer);";

  @BeforeEach
  void name() {
    Workspace workspace = Workspace.current();
    workspace.put("strict", new RewardCompiler().compile("strict", STRICT));
    workspace.put(
        "loose", new RewardCompiler().compile("loose", "return completion.contains(answer);"));
    List<SampleRollouts.Sampled> sampled =
        List.of(sampled("4", 1), sampled("it is \u001b[31m4", 0), sampled("", 0.5));
    workspace.put(
        "ro",
        new SampleRollouts.Report(
            List.of(new SampleRollouts.Group("b", "2+2?", "4", sampled)), List.of()));
  }

  @AfterEach
  void forget() {
    Workspace.current().clear();
  }

  private static SampleRollouts.Sampled sampled(String text, double reward) {
    return new SampleRollouts.Sampled(text, 2, "stop", -1, Score.of(reward));
  }

  private static RewardDiff.Report diff(String... options) throws Exception {
    return SmallRun.run(new RewardDiff(), options);
  }

  @Test
  void twoRewardsAreComparedOnTheSameAnswers() throws Exception {
    RewardDiff.Report report = diff("strict", "loose", "--rollouts=ro");
    assertEquals(new VerdictDiff.Flips(1, 1, 0, 1), report.diff().flips());
    assertEquals("passes now", report.diff().cases().get(0).change());
    String text = report.text().orElseThrow();
    assertTrue(text.contains("-return completion.equals(answer);"), text);
    assertTrue(text.contains("+return completion.contains(answer);"), text);
    assertTrue(text.contains("it is \\u001b[31m4"), text);
    assertFalse(text.contains("\u001b"), text);
  }

  @Test
  void oneRewardIsComparedWithWhatWasSaidBefore() throws Exception {
    RewardDiff.Report report = diff("strict", "--rollouts=ro");
    assertEquals("when sampled", report.first());
    assertEquals(new VerdictDiff.Scores(3, 2, 0.5, 1 / 3.0), report.diff().scores());
    assertEquals("less now", report.diff().cases().get(0).change());
    assertNull(report.source());
  }

  @Test
  void aRunStandsForWhatItsRewardSaid() throws Exception {
    String run = SmallRun.id();
    RewardDiff.Report same = diff(run, "number-match", "--step=2");
    assertTrue(same.first().endsWith("in the run"), same.first());
    assertEquals("run " + run, same.answersOf());
    assertEquals(32, same.diff().answers());
    assertEquals(same.diff(), diff("number-match", "--run=" + run, "--step=2").diff());
    String jar = new Run(run).folder().rewardJar().toString();
    RewardDiff.Report unchanged = diff(run, jar);
    assertEquals(unchanged.diff().answers(), unchanged.diff().scores().equal());
    assertEquals("", unchanged.source());
    assertEquals(List.of(), unchanged.diff().cases());
  }

  @Test
  void theAnswersMustBeNamedOnce() {
    assertThrows(CommandException.class, () -> diff("strict", "loose"));
    assertThrows(CommandException.class, () -> diff(SmallRun.id(), "strict", "--rollouts=ro"));
  }
}
