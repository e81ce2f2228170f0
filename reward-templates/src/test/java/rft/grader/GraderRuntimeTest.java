package rft.grader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rft.judge.ChatModel;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.Score;

final class GraderRuntimeTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ScriptedModel NONE = ScriptedModel.failing(Failure.Kind.SERVICE);

  private static GraderAnswer grade(ChatModel model, String grader, String item, String answer)
      throws Exception {
    try (GraderRuntime runtime =
        new GraderRuntime(Grader.read(grader), new GraderServices(name -> model, Map.of()))) {
      return runtime.grade(
          (ObjectNode) JSON.readTree(item), GraderSample.of(Completion.of(answer)));
    }
  }

  private static String check(String operation, String reference) {
    return "{\"type\":\"string_check\",\"name\":\"s\",\"input\":\"{{sample.output_text}}\","
        + "\"reference\":\""
        + reference
        + "\",\"operation\":\""
        + operation
        + "\"}";
  }

  @ParameterizedTest
  @CsvSource({
    "eq, Paris, Paris, 1",
    "eq, Paris, paris, 0",
    "ne, Paris, paris, 1",
    "ne, Paris, Paris, 0",
    "like, aris, in Paris now, 1",
    "like, paris, in Paris now, 0",
    "ilike, PARIS, in Paris now, 1",
    "ilike, Rome, in Paris now, 0",
    "like, in Paris now, Paris, 0",
    "like, '', anything, 1"
  })
  void stringsAreChecked(String operation, String reference, String answer, double reward)
      throws Exception {
    GraderAnswer given = grade(NONE, check(operation, reference), "{}", answer);
    assertEquals(reward, given.reward());
    assertEquals(Score.of(reward), given.verdict());
  }

  private static String multi(String formula) {
    return "{\"type\":\"multi\",\"name\":\"both\",\"calculate_output\":\""
        + formula
        + "\",\"graders\":{\"name\":{\"type\":\"text_similarity\",\"name\":\"n\","
        + "\"input\":\"{{sample.output_json.name}}\",\"reference\":\"{{item.name}}\","
        + "\"evaluation_metric\":\"fuzzy_match\",\"pass_threshold\":0.9},"
        + "\"email\":{\"type\":\"string_check\",\"name\":\"e\","
        + "\"input\":\"{{sample.output_json.email}}\",\"reference\":\"{{item.email}}\","
        + "\"operation\":\"eq\"}}}";
  }

  private static final String PERSON = "{\"name\":\"Ann Lee\",\"email\":\"a@b\"}";

  @Test
  void aFormulaJoinsItsParts() throws Exception {
    GraderAnswer given =
        grade(NONE, multi("(name + email) / 2"), PERSON, "{\"name\":\"Ann Lee\",\"email\":\"x\"}");
    assertEquals(0.5, given.reward());
    assertEquals(Map.of("name", 1.0, "email", 0.0), given.subRewards());
    Score score = assertInstanceOf(Score.class, given.verdict());
    assertEquals(Map.of("name", 1.0, "email", 0.0), score.parts());
  }

  @Test
  void aPartThatFailsCountsZeroForTheServiceAndFailsTheReward() throws Exception {
    GraderAnswer given = grade(NONE, multi("(name + email) / 2"), PERSON, "{\"name\":\"Ann Lee\"}");
    assertEquals(0.5, given.reward());
    assertTrue(flag(given, "invalid_variable_error"));
    Failure failure = assertInstanceOf(Failure.class, given.verdict());
    assertEquals(Failure.Kind.UNKNOWN_VARIABLE, failure.kind());
    assertTrue(failure.detail().startsWith("email: there is no"), failure.detail());
  }

  @Test
  void anAnswerThatIsNoJsonIsASampleParseError() throws Exception {
    GraderAnswer given = grade(NONE, multi("name + email"), PERSON, "Ann Lee, a@b");
    assertTrue(flag(given, "sample_parse_error"));
    assertFalse(flag(given, "invalid_variable_error"));
    assertEquals(2, given.errors().size());
  }

  @Test
  void aFormulaWithoutAValueIsAFailure() throws Exception {
    GraderAnswer given =
        grade(NONE, multi("name / email"), PERSON, "{\"name\":\"Ann Lee\",\"email\":\"x\"}");
    assertEquals(0, given.reward());
    assertTrue(flag(given, "formula_parse_error"));
    assertEquals(
        new Failure(
            Failure.Kind.FORMULA,
            "calculate_output: division of 1.0 by zero, column 6 of the formula"),
        given.verdict());
  }

  @Test
  void withoutAModelThereAreNoTokens() throws Exception {
    JsonNode answer = grade(NONE, check("eq", "a"), "{}", "a").toJson();
    assertTrue(answer.at("/metadata/token_usage").isNull());
    assertTrue(answer.at("/metadata/sampled_model_name").isNull());
    assertEquals("{}", answer.path("model_grader_token_usage_per_model").toString());
  }

  @Test
  void everyKindOfFailureHasAFlag() {
    for (Failure.Kind kind : Failure.Kind.values()) {
      assertTrue(GraderError.ofPython(kind).jsonName().endsWith("_error"));
      assertTrue(GraderError.ofModel(kind).jsonName().endsWith("_error"));
      assertTrue(GraderError.ofAnything(kind).jsonName().endsWith("_error"));
    }
    assertEquals(GraderError.UNRESPONSIVE_REWARD, GraderError.ofAnything(Failure.Kind.TIMEOUT));
    assertEquals(GraderError.TRUNCATED_OBSERVATION, GraderError.ofAnything(Failure.Kind.TRUNCATED));
    assertEquals(GraderError.OTHER, GraderError.ofAnything(Failure.Kind.WRONG_COUNT));
  }

  @Test
  void cosineSaysWhatItNeeds() throws Exception {
    GraderAnswer given =
        grade(
            NONE,
            "{\"type\":\"text_similarity\",\"name\":\"c\",\"input\":\"{{sample.output_text}}\","
                + "\"reference\":\"a\",\"evaluation_metric\":\"cosine\"}",
            "{}",
            "x");
    Failure failure = assertInstanceOf(Failure.class, given.verdict());
    assertEquals(Failure.Kind.SERVICE, failure.kind());
    assertTrue(failure.detail().contains("RFT_EMBEDDINGS_URL"), failure.detail());
  }

  private static boolean flag(GraderAnswer answer, String name) {
    return answer.toJson().path("metadata").path("errors").path(name).booleanValue();
  }
}
