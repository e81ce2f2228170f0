package rft.grader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
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

/** How a grader asks a model. */
final class JudgeQuestionTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static GraderAnswer grade(ChatModel model, String grader, String item, String answer)
      throws Exception {
    try (GraderRuntime runtime =
        new GraderRuntime(Grader.read(grader), new GraderServices(name -> model, Map.of()))) {
      return runtime.grade(
          (ObjectNode) JSON.readTree(item), GraderSample.of(Completion.of(answer)));
    }
  }

  private static String score(String range) {
    return "{\"type\":\"score_model\",\"name\":\"j\",\"model\":\"o4-mini-2025-04-16\",\"range\":"
        + range
        + ",\"input\":[{\"role\":\"developer\",\"content\":\"Be strict.\"},{\"role\":\"user\","
        + "\"content\":[\"Ref {{item.a}}, \",{\"type\":\"input_text\",\"text\":\"answer"
        + " {{sample.output_text}}\"}]}],\"sampling_params\":{\"seed\":42,"
        + "\"max_completions_tokens\":99}}";
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
    assertEquals(
        "[\"description\",\"conclusion\"]",
        schema.at("/properties/steps/items/required").toString());
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
