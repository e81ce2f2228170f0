package rft.grader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.RewardCompileException;
import rft.reward.RewardJudge;
import rft.reward.RewardLanguage;
import rft.reward.RewardUnit;
import rft.reward.Score;
import rft.reward.Verdict;

final class GraderLanguageTest {
  private static final RewardLanguage LANGUAGE = RewardLanguage.ofFile("a.json").orElseThrow();
  private static final String MULTI =
      """
      {"type": "multi", "name": "m", "calculate_output": "0.75 * right - 0.25 * long",
       "graders": {
         "right": {"type": "string_check", "name": "r", "operation": "like",
                   "input": "{{sample.output_text}}", "reference": "{{item.reference_answer}}"},
         "long": {"type": "string_check", "name": "l", "operation": "like",
                  "input": "{{sample.output_text}}", "reference": "because"},
         "fuzzy": {"type": "text_similarity", "name": "f", "evaluation_metric": "fuzzy_match",
                   "input": "{{sample.output_text}}", "reference": "{{item.reference_answer}}"}}}
      """;

  private static List<Verdict> score(RewardUnit unit, String reference, String... answers) {
    try (RewardJudge judge = new RewardJudge(unit.load(), Duration.ofSeconds(20))) {
      return judge
          .judge(
              Task.of("t", "q?", reference), List.of(answers).stream().map(Completion::of).toList())
          .stream()
          .map(judgement -> judgement.verdict())
          .toList();
    }
  }

  @Test
  void aGraderIsARewardWhosePartsAreItsGraders() {
    RewardUnit unit = RewardUnit.of(LANGUAGE, "g", MULTI);
    List<Verdict> verdicts = score(unit, "4", "4", "4 because 2+2", "5");
    assertEquals(
        new Score(0.75, Map.of("right", 1.0, "long", 0.0, "fuzzy", 1.0), null, 0), verdicts.get(0));
    assertEquals(0.5, verdicts.get(1).reward().orElseThrow());
    assertEquals(0.0, verdicts.get(2).reward().orElseThrow());
  }

  @Test
  void weightsExplainTheRewardOfAWeightedSum() {
    RewardUnit unit = RewardUnit.of(LANGUAGE, "g", MULTI);
    Map<String, Double> weights = unit.weights();
    assertEquals(Map.of("right", 0.75, "long", -0.25, "fuzzy", 0.0), weights);
    Score score = assertInstanceOf(Score.class, score(unit, "4", "4 because 2+2").get(0));
    double sum =
        weights.entrySet().stream()
            .mapToDouble(part -> part.getValue() * score.parts().get(part.getKey()))
            .sum();
    assertEquals(score.value(), sum, 1e-12);
    assertEquals(Map.of(), RewardUnit.of(LANGUAGE, "g", MULTI.replace("0.75 *", "1 -")).weights());
  }

  @Test
  void warningsComeWithTheReward() {
    assertEquals(
        List.of("fuzzy: the formula never uses it, so it is a metric that pays nothing"),
        RewardUnit.of(LANGUAGE, "g", MULTI).warnings());
  }

  @Test
  void aMissingVariableIsAFailure() {
    RewardUnit unit =
        RewardUnit.of(LANGUAGE, "g", MULTI.replace("item.reference_answer", "item.refernce"));
    Failure failure = assertInstanceOf(Failure.class, score(unit, "4", "4").get(0));
    assertEquals(Failure.Kind.UNKNOWN_VARIABLE, failure.kind());
  }

  @Test
  void whatIsNoGraderIsRefusedAtItsPlace() {
    RewardCompileException e =
        assertThrows(
            RewardCompileException.class,
            () -> RewardUnit.of(LANGUAGE, "g", "{\n \"type\": \"mult\"}"));
    assertEquals(2, e.problems().get(0).line());
    assertTrue(e.getMessage().contains("did you mean multi?"), e.getMessage());
  }

  @Test
  void aJarKeepsTheGraderByteForByte(@TempDir Path folder) throws Exception {
    RewardUnit unit = RewardUnit.of(LANGUAGE, "g", MULTI);
    unit.writeJar(folder.resolve("g.jar"));
    RewardUnit read = RewardUnit.readJar(folder.resolve("g.jar"));
    assertEquals(MULTI, read.source());
    assertEquals(unit.sha256(), read.sha256());
    assertEquals(0.75, score(read, "4", "4").get(0).reward().orElseThrow());
  }
}
