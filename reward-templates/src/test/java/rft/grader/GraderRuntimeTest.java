package rft.grader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rft.dataset.Role;
import rft.judge.ChatModel;
import rft.judge.ChatRequest;
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

  private static String score(String range) {
    return "{\"type\":\"score_model\",\"name\":\"j\",\"model\":\"o4-mini-2025-04-16\",\"range\":"
        + range
        + ",\"input\":[{\"role\":\"developer\",\"content\":\"Be strict.\"},{\"role\":\"user\","
        + "\"content\":[\"Ref {{item.a}}, \",{\"type\":\"input_text\",\"text\":\"answer"
        + " {{sample.output_text}}\"}]}],\"sampling_params\":{\"seed\":42,"
        + "\"max_completions_tokens\":99}}";
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

  @Test
  void aModelIsAskedInTheForcedFormatAndItsScoreTaken() throws Exception {
    ScriptedModel model =
        ScriptedModel.saying(
            "{\"result\":0.75,\"steps\":[{\"description\":\"d\",\"conclusion\":\"close\"}]}");
    GraderAnswer given = grade(model, score("[0,1]"), "{\"a\":\"7\"}", "8");
    assertEquals(0.75, given.reward());
    Score verdict = assertInstanceOf(Score.class, given.verdict());
    assertEquals("close", verdict.reason());
    assertEquals(0.5, verdict.costUsd());
    ChatRequest asked = model.asked.get(0);
    assertEquals(Role.SYSTEM, asked.messages().get(0).role());
    assertEquals("Ref 7, answer 8", asked.messages().get(1).content());
    assertEquals(42, asked.parameters().get("seed").intValue());
    assertEquals(99, asked.parameters().get("max_completion_tokens").intValue());
    assertFalse(asked.parameters().containsKey("max_completions_tokens"));
    JsonNode schema = asked.parameters().get("response_format").path("json_schema").path("schema");
    assertEquals("number", schema.path("properties").path("result").path("type").asText());
    assertEquals("[\"result\",\"steps\"]", schema.path("required").toString());
  }

  @ParameterizedTest
  @CsvSource({"7, 1", "-3, -0.5", "0.2, 0.2"})
  void aScoreIsClampedToItsRange(String said, double reward) throws Exception {
    ScriptedModel model = ScriptedModel.saying("{\"result\":" + said + ",\"steps\":[]}");
    assertEquals(reward, grade(model, score("[-0.5,1]"), "{\"a\":1}", "x").reward());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "well, 0.5 I guess",
        "{\"result\":\"0.5\",\"steps\":[]}",
        "{\"score\":0.5}",
        "{\"result\":1e999,\"steps\":[]}",
        "[0.5]",
        "``"
      })
  void aJudgeThatAnswersOtherwiseIsAFailureAndNotZero(String said) throws Exception {
    GraderAnswer given = grade(ScriptedModel.saying(said), score("[0.2,1]"), "{\"a\":1}", "x");
    assertEquals(0, given.reward());
    assertTrue(flag(given, "model_grader_parse_error"));
    Failure failure = assertInstanceOf(Failure.class, given.verdict());
    assertEquals(Failure.Kind.UNREADABLE, failure.kind());
  }

  @Test
  void aLabelPassesOrNot() throws Exception {
    String grader =
        "{\"type\":\"label_model\",\"name\":\"l\",\"model\":\"m\",\"labels\":[\"good\",\"bad\"],"
            + "\"passing_labels\":[\"good\"],\"input\":[{\"role\":\"user\","
            + "\"content\":\"{{sample.output_text}}\"}]}";
    ScriptedModel good = ScriptedModel.saying("{\"result\":\"good\",\"steps\":[]}");
    assertEquals(1, grade(good, grader, "{}", "x").reward());
    assertEquals(
        "[\"good\",\"bad\"]",
        good.asked
            .get(0)
            .parameters()
            .get("response_format")
            .at("/json_schema/schema/properties/result/enum")
            .toString());
    GraderAnswer bad = grade(ScriptedModel.saying("{\"result\":\"bad\"}"), grader, "{}", "x");
    assertEquals(
        Score.of(0),
        new GraderAnswer("", "", bad.reward(), Map.of(), bad.errors(), Map.of(), null, null, 0)
            .verdict());
    GraderAnswer other = grade(ScriptedModel.saying("{\"result\":\"ok\"}"), grader, "{}", "x");
    assertTrue(flag(other, "model_grader_parse_error"));
  }

  @Test
  void everyFailureOfAModelHasItsFlag() throws Exception {
    Map<Failure.Kind, String> flags =
        Map.of(
            Failure.Kind.REFUSED, "model_grader_refusal_error",
            Failure.Kind.TIMEOUT, "model_grader_server_error",
            Failure.Kind.THROTTLED, "model_grader_server_error",
            Failure.Kind.SERVICE, "model_grader_server_error",
            Failure.Kind.UNREADABLE, "model_grader_parse_error",
            Failure.Kind.TRUNCATED, "model_grader_parse_error");
    for (Map.Entry<Failure.Kind, String> entry : flags.entrySet()) {
      GraderAnswer given =
          grade(ScriptedModel.failing(entry.getKey()), score("[0,1]"), "{\"a\":1}", "x");
      assertTrue(flag(given, entry.getValue()), entry.toString());
      assertEquals(new Failure(entry.getKey(), "told to fail"), given.verdict());
    }
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
  void theAnswerHasTheServicesShape() throws Exception {
    ScriptedModel model = ScriptedModel.saying("{\"result\":1,\"steps\":[]}");
    JsonNode answer = grade(model, score("[0,1]"), "{\"a\":1}", "x").toJson();
    assertEquals(
        List.of("reward", "metadata", "sub_rewards", "model_grader_token_usage_per_model"),
        names(answer));
    JsonNode metadata = answer.path("metadata");
    assertEquals(
        List.of(
            "name",
            "type",
            "execution_time",
            "scores",
            "token_usage",
            "sampled_model_name",
            "errors"),
        names(metadata));
    assertEquals(
        "{\"prompt_tokens\":19,\"completion_tokens\":4,\"total_tokens\":23,\"cached_tokens\":2}",
        metadata.path("token_usage").toString());
    assertEquals(
        metadata.path("token_usage"),
        answer.path("model_grader_token_usage_per_model").path("scripted"));
    assertEquals(
        new TreeSet<>(
            List.of(
                "formula_parse_error",
                "sample_parse_error",
                "truncated_observation_error",
                "unresponsive_reward_error",
                "invalid_variable_error",
                "other_error",
                "python_grader_server_error",
                "python_grader_server_error_type",
                "python_grader_runtime_error",
                "python_grader_runtime_error_details",
                "model_grader_server_error",
                "model_grader_server_error_details",
                "model_grader_refusal_error",
                "model_grader_parse_error")),
        new TreeSet<>(names(metadata.path("errors"))));
    assertTrue(metadata.path("errors").path("python_grader_server_error_type").isNull());
    assertNull(grade(NONE, check("eq", "a"), "{}", "a").sampledModel());
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

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
