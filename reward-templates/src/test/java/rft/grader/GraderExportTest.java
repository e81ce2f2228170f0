package rft.grader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import rft.dataset.Message;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.FinishReason;
import rft.reward.GroupReward;
import rft.reward.RewardCompiler;
import rft.reward.RewardLanguage;
import rft.reward.RewardUnit;
import rft.reward.Verdict;
import rft.sandbox.Sandboxes;
import rft.template.RewardTemplates;

/** What a reward is exported as pays every answer the same. */
final class GraderExportTest {
  private static final List<String> REFERENCES =
      List.of(
          "\"4\"",
          "\" 4\\n\"",
          "4",
          "{\"a\":[1,true]}",
          "\"caf\u00e9 \ud83d\ude00\"",
          "\"\\u00a0x\"",
          "\"a b\"");
  private static final List<String> ANSWERS =
      List.of(
          "4",
          "\u2003 4\u001f\n",
          "\u00a04",
          "#### 4",
          "####-4",
          "#### \u0664",
          "it is 4.",
          "",
          "{\"a\":[1,true]}",
          "caf\u00e9 \ud83d\ude00",
          "\u00a0x",
          "x",
          "a b c");

  @BeforeAll
  static void needsASandbox() throws InterruptedException {
    boolean works;
    try {
      Sandboxes.standard();
      works = true;
    } catch (IOException e) {
      works = false;
    }
    assumeTrue(works, "no sandbox here");
  }

  private static List<Verdict> verdicts(RewardUnit unit, List<Completion> answers)
      throws Exception {
    GroupReward reward = unit.load();
    List<Verdict> verdicts = new ArrayList<>();
    try {
      for (String reference : REFERENCES) {
        JsonNode json = new JsonMapper().readTree(reference);
        Task task =
            new Task("t", List.of(Message.user("q")), json, JsonNodeFactory.instance.objectNode());
        verdicts.addAll(reward.score(task, answers));
      }
    } finally {
      if (reward instanceof AutoCloseable held) {
        held.close();
      }
    }
    return verdicts;
  }

  @Test
  void anExportedRewardPaysEveryAnswerTheSame() throws Exception {
    List<Completion> answers =
        ANSWERS.stream().map(text -> Completion.of(text, FinishReason.STOP, 1)).toList();
    for (String name : GraderExport.ready()) {
      RewardUnit ready = new RewardCompiler().compile(name, RewardTemplates.named(name).source());
      RewardUnit exported =
          RewardUnit.of(
              RewardLanguage.named(GraderLanguage.NAME), name, GraderExport.of(ready, true));
      List<Double> wanted =
          verdicts(ready, answers).stream().map(v -> v.reward().orElseThrow()).toList();
      assertEquals(
          wanted,
          verdicts(exported, answers).stream().map(v -> v.reward().orElseThrow()).toList(),
          name);
      assertTrue(wanted.contains(0.0) && wanted.contains(1.0), name);
    }
  }

  @Test
  void aRewardThatWasChangedIsNoLongerTheReadyOne() {
    RewardUnit changed = new RewardCompiler().compile("exact-match", "return 1;");
    assertThrows(IllegalArgumentException.class, () -> GraderExport.of(changed, false));
  }
}
