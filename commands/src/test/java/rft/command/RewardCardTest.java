package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rft.dataset.Dataset;
import rft.dataset.Task;
import rft.lab.Card;
import rft.reward.RewardCompiler;
import rft.reward.Score;

final class RewardCardTest {
  @BeforeEach
  void name() {
    Workspace workspace = Workspace.current();
    workspace.put(
        "exact", new RewardCompiler().compile("exact", "return completion.equals(answer);"));
    workspace.put(
        "picky",
        new RewardCompiler()
            .compile("picky", "return completion.equals(answer) && !prompt.contains(\"3\");"));
    List<SampleRollouts.Group> groups = new ArrayList<>();
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      tasks.add(Task.of("t" + i, "Say " + i + ".", "" + i));
      groups.add(
          new SampleRollouts.Group(
              "t" + i,
              "Say " + i + ".",
              "" + i,
              List.of(sampled("" + i), sampled("\u001b[31mno"), sampled("no"), sampled("no"))));
    }
    workspace.put("ro", new SampleRollouts.Report(groups, List.of()));
    workspace.put("ds", Dataset.of("ds", tasks));
  }

  @AfterEach
  void forget() {
    Workspace.current().clear();
  }

  private static SampleRollouts.Sampled sampled(String text) {
    return new SampleRollouts.Sampled(text, 2, "stop", -1, Score.of(0));
  }

  private static RewardCard.Report card(String... options) throws Exception {
    return SmallRun.run(new RewardCard(), options);
  }

  @Test
  void rolloutsOfACellAreReadWithoutAModel() throws Exception {
    RewardCard.Report report = card("exact", "--rollouts=ro");
    assertEquals(Card.Outcome.READY, report.reading().outcome(), report.reading().toString());
    assertEquals(ExitCode.OK, report.exitCode());
    assertEquals(40, report.card().tasks());
    assertEquals(160, report.card().answers());
    assertEquals(40, report.card().gold().full());
    assertEquals(4, report.card().signal().forecast().groupSize());
    assertEquals(
        16, card("exact", "--rollouts=ro", "--group=16").card().signal().forecast().groupSize());
  }

  @Test
  void aBrokenRewardFailsItsGateAndSaysWhatToDo() throws Exception {
    RewardCard.Report report = card("picky", "--rollouts=ro");
    assertEquals(ExitCode.DIVERGED, report.exitCode());
    String text = report.text().orElseThrow();
    assertTrue(text.contains("BROKEN        13 of 40 gold answers do not get full marks"), text);
    assertTrue(text.contains("make the reward pay the gold answer of task t3"), text);
    assertTrue(text.contains("and 10 more (--json lists all)"), text);
  }

  @Test
  void theTextIsEightyColumnsWideAndHarmless() throws Exception {
    String bad = "if (completion.contains(\"no\")) throw new IllegalArgumentException(completion);";
    Workspace.current()
        .put(
            "bad", new RewardCompiler().compile("bad", bad + " return completion.equals(answer);"));
    for (String reward : List.of("exact", "picky", "bad")) {
      String text = card(reward, "--rollouts=ro").text().orElseThrow();
      assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
      assertFalse(text.contains("\u001b"), text);
      assertTrue(text.lines().count() < 40, text);
    }
  }

  @Test
  void theBundledModelIsSampled() throws Exception {
    RewardCard.Report report =
        card("number-match", "--data=addition", "--tasks=6", "--group=4", "--threads=1");
    assertEquals(6, report.card().tasks());
    assertEquals(24, report.card().answers());
    assertEquals(200, report.card().gold().full());
    assertEquals("tiny-chat", report.answersOf());
    assertEquals(
        report.card().rewards(),
        card("number-match", "--data=addition", "--tasks=6", "--group=4", "--threads=1")
            .card()
            .rewards());
  }

  @Test
  void somethingMustBeAnswered() {
    assertThrows(CommandException.class, () -> card("exact"));
    assertThrows(CommandException.class, () -> card("exact", "--rollouts=ro", "--run=x"));
    assertThrows(IllegalArgumentException.class, () -> card("exact", "--data=ds", "--tasks=0"));
  }
}
