package rft.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rft.dataset.Message;
import rft.dataset.Task;
import rft.judge.JudgeSettings;
import rft.judge.PretendJudge;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.GroupReward;
import rft.reward.Score;
import rft.reward.Verdict;

/** The ready rewards that ask a model, without one. */
final class JudgeTemplatesTest {
  private static final Task TASK = Task.of("t1", "Name two rivers in France.", "Loire, Seine");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "instruction-following",
        "summarization",
        "reasoning-evaluation",
        "rag-faithfulness"
      })
  void anEndpointIsAskedOverHttpAndGivesParts(String name) {
    try (PretendJudge pretend = PretendJudge.start()) {
      GroupReward reward =
          JudgeSettings.with(
              Map.of(JudgeSettings.URL, pretend.url(), JudgeSettings.MODEL, "m"),
              RewardTemplates.unit(name)::load);
      List<Verdict> verdicts =
          reward.score(
              TASK, List.of(Completion.of("Loire and Seine"), Completion.of("Loire, Thames")));
      Score right = assertInstanceOf(Score.class, verdicts.get(0));
      Score half = assertInstanceOf(Score.class, verdicts.get(1));
      assertEquals(1, right.value(), 1e-9);
      assertEquals(0.5, half.value(), 1e-9);
      assertEquals(4, right.parts().size());
    }
  }

  @Test
  void withoutAJudgeEveryVerdictSaysWhatToSet() {
    GroupReward reward =
        JudgeSettings.with(
            Map.of(JudgeSettings.URL, "", JudgeSettings.MODEL, ""),
            RewardTemplates.unit("summarization")::load);
    Failure failure =
        assertInstanceOf(Failure.class, reward.score(TASK, List.of(Completion.of("x"))).get(0));
    assertTrue(failure.detail().contains("RFT_JUDGE_URL"), failure.detail());
  }

  @Test
  void theContextOfARowIsShownToTheJudge() {
    ObjectNode attributes = new ObjectMapper().createObjectNode().put("context", "Pool at seven.");
    Task task = new Task("t", List.of(Message.user("When?")), TASK.reference(), attributes);
    try (PretendJudge pretend = PretendJudge.start()) {
      GroupReward reward =
          JudgeSettings.with(
              Map.of(JudgeSettings.URL, pretend.url(), JudgeSettings.MODEL, "m"),
              RewardTemplates.unit("rag-faithfulness")::load);
      assertInstanceOf(Score.class, reward.score(task, List.of(Completion.of("Seven."))).get(0));
    }
    String source = RewardTemplates.unit("rag-faithfulness").source();
    assertTrue(source.contains("{{context?}}"), "the context has a place");
  }
}
