package rft.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rft.dataset.Task;
import rft.lab.RewardExample;
import rft.lab.RewardExamples;
import rft.reward.Completion;
import rft.reward.Judgement;
import rft.reward.RewardJudge;
import rft.reward.Verdict;

/** Whatever a model writes, a rule gives a verdict on it, and soon. */
final class HostileTextTest {
  private static final int LENGTH = 50_000;

  /** Rewards whose examples set the scene; a sandbox and a model have their own tests. */
  static Stream<String> rules() {
    Set<ReadyReward.Need> elsewhere = Set.of(ReadyReward.Need.SANDBOX, ReadyReward.Need.JUDGE);
    return RewardTemplates.all().stream()
        .filter(ready -> ready.needs().stream().noneMatch(elsewhere::contains))
        .map(ReadyReward::name);
  }

  private static List<Completion> hostile() {
    List<String> texts = new ArrayList<>(List.of("", " ", "\u0000", "\ud800", "\u202e####1"));
    for (String piece :
        List.of(
            "#### ",
            "\\boxed{",
            "1,111",
            "1/",
            "-",
            "answer is ",
            "<",
            "<think>",
            "<tool_call>",
            "{\"a\":",
            "[",
            "a",
            "a ",
            "\n",
            "9",
            ". ",
            "1e9",
            "\\frac{1}{2}",
            "(A) or ",
            "```\n",
            "\ud83d\ude00",
            "- x\n",
            "\u0301")) {
      texts.add(piece.repeat(LENGTH / piece.length()));
    }
    texts.add("1e999999999");
    texts.add("#### 1e99");
    return texts.stream().map(Completion::of).toList();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyTextGetsAVerdictInTime(String name) {
    Task task =
        RewardExamples.parse(name, RewardTemplates.named(name).examples()).stream()
            .map(RewardExample::task)
            .findFirst()
            .orElseThrow();
    List<Completion> texts = hostile();
    List<String> failed = new ArrayList<>();
    try (RewardJudge judge =
        new RewardJudge(RewardTemplates.unit(name).load(), Duration.ofSeconds(5))) {
      List<Judgement> judgements = judge.judge(task, texts);
      for (int i = 0; i < texts.size(); i++) {
        Verdict verdict = judgements.get(i).verdict();
        String text = texts.get(i).text();
        String begin = text.substring(0, Math.min(20, text.length()));
        verdict.fold(s -> true, a -> true, f -> failed.add(begin + ": " + f));
      }
    }
    assertEquals(List.of(), failed);
  }
}
