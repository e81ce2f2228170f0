package rft.grader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GraderReaderTest {
  private static List<String> problems(String json) {
    return assertThrows(GraderException.class, () -> Grader.read(json)).problems().stream()
        .map(GraderProblem::message)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"type":"string_check","name":"s","input":"{{sample.output_text}}","reference":"{{item.a}}","operation":"ilike"}
        """,
        """
        {"type":"text_similarity","name":"t","input":"{{sample.output_text}}","reference":"{{item.a}}","evaluation_metric":"rouge_l","pass_threshold":0.25}
        """,
        """
        {"type":"score_model","name":"j","model":"o4-mini-2025-04-16","input":[{"type":"message","role":"developer","content":"Be strict."},{"role":"user","content":[{"type":"input_text","text":"{{ item.a }}"},{"type":"input_image","image_url":"{{item.picture}}","detail":"low"}]}],"range":[-1,2.5],"pass_threshold":1,"sampling_params":{"seed":42,"top_p":1,"temperature":1,"max_completions_tokens":32768,"reasoning_effort":"medium"}}
        """,
        """
        {"type":"label_model","name":"l","model":"gpt-4o-2024-08-06","input":[{"role":"user","content":"{{sample.output_text}}"}],"labels":["good","bad"],"passing_labels":["good"]}
        """,
        """
        {"type":"python","name":"p","source":"def grade(sample, item):\\n  return 1.0\\n","image_tag":"2025-05-08"}
        """,
        """
        {"type":"multi","name":"m","graders":{"x":{"type":"string_check","name":"s","input":"{{sample.output_text}}","reference":"a","operation":"ne"},"y":{"type":"python","name":"p","source":"def grade(sample, item): return 1.0"}},"calculate_output":"(x + y) / 2"}
        """
      })
  void everyTypeIsWrittenAsItWasRead(String json) throws Exception {
    Grader grader = Grader.read(json);
    assertEquals(new JsonMapper().readTree(json), grader.toJson());
    assertEquals(grader, Grader.read(grader.toJson().toString()));
  }

  @Test
  void shapesOfTheGuideAreAccepted() throws Exception {
    Grader.StringCheck check =
        (Grader.StringCheck)
            Grader.read(
                "{\"type\":\"string_check\",\"name\":\"s\",\"input\":\"{{sample.output_text}}\","
                    + "\"reference\":\"a\",\"operation\":\"neq\"}");
    assertEquals("ne", check.toJson().path("operation").asText());
    assertEquals(
        "python",
        Grader.read("{\"type\":\"python\",\"source\":\"def grade(sample, item): return 1.0\"}")
            .name());
    String one = check.toJson().toString();
    for (String graders : List.of("[" + one + "]", one, "{\"s\":" + one + "}")) {
      Grader.Multi multi =
          (Grader.Multi)
              Grader.read(
                  "{\"type\":\"multi\",\"name\":\"m\",\"calculate_output\":\"s\",\"graders\":"
                      + graders
                      + "}");
      assertEquals(List.of("s"), List.copyOf(multi.graders().keySet()));
      assertTrue(multi.toJson().path("graders").isObject());
    }
  }

  @Test
  void anOptionalFieldMayBeNull() throws Exception {
    Grader grader =
        Grader.read(
            "{\"type\":\"text_similarity\",\"name\":\"t\",\"input\":\"{{sample.output_text}}\","
                + "\"reference\":\"a\",\"evaluation_metric\":\"bleu\",\"pass_threshold\":null}");
    assertTrue(grader.toJson().path("pass_threshold").isMissingNode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "{\"type\":\"strin_check\"} => type is \"strin_check\"; did you mean string_check?",
        "{\"name\":\"a\"} => the grader lacks the field type; there are string_check,"
            + " text_similarity, score_model, label_model, python, multi",
        "[] => the grader must be an object, not an array",
        "{\"type\":3} => type must be a string, not a number",
        "{\"type\":\"python\",\"source\":\" \"} => source is blank",
        "{\"type\":\"python\",\"source\":\"x\",\"image_tags\":\"y\"} => image_tags is no field of"
            + " the grader; did you mean image_tag?",
        "{\"type\":\"python\",\"surce\":\"x\"} => surce is no field of the grader; did you mean"
            + " source?",
        "{\"type\":\"python\"} => the grader lacks the field source",
        "{\"type\":\"string_check\",\"name\":\"s\",\"input\":\"\",\"reference\":\"{{itm.a}}\",\"operation\":\"eq\"}"
            + " => reference has a placeholder that cannot be read: a placeholder begins with item"
            + " or sample, not itm; did you mean item?, column 3 of the text",
        "{\"type\":\"string_check\",\"name\":\"s\",\"input\":\"\",\"reference\":\"\",\"operation\":\"contains\"}"
            + " => operation is \"contains\"; there are eq, ne, like, ilike, neq",
        "{\"type\":\"text_similarity\",\"name\":\"s\",\"input\":\"\",\"reference\":\"\",\"evaluation_metric\":\"rouge_6\"}"
            + " => evaluation_metric is \"rouge_6\"; did you mean rouge_1?",
        "{\"type\":\"score_model\",\"name\":\"s\",\"model\":\"m\",\"input\":[]} => input is empty",
        "{\"type\":\"score_model\",\"name\":\"s\",\"model\":\"m\",\"range\":[1,0],\"input\":[{\"role\":\"user\",\"content\":\"a\"}]}"
            + " => range must be two numbers, the lower first, for example [0, 1]",
        "{\"type\":\"score_model\",\"name\":\"s\",\"model\":\"m\",\"input\":[{\"role\":\"usr\",\"content\":\"a\"}]}"
            + " => input[0].role is \"usr\"; did you mean user?",
        "{\"type\":\"score_model\",\"name\":\"s\",\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}]}"
            + " => input[0].content[0] must be a string, or a part whose type is input_text,"
            + " output_text, input_image or input_audio",
        "{\"type\":\"score_model\",\"name\":\"s\",\"model\":\"m\",\"sampling_params\":{\"max_tokens\":3},\"input\":[{\"role\":\"user\",\"content\":\"a\"}]}"
            + " => sampling_params.max_tokens is no field of sampling_params; its fields are seed,"
            + " top_p, temperature, max_completions_tokens, max_completion_tokens,"
            + " reasoning_effort",
        "{\"type\":\"label_model\",\"name\":\"s\",\"model\":\"m\",\"labels\":[\"a\"],\"passing_labels\":[\"b\"],\"input\":[{\"role\":\"user\",\"content\":\"a\"}]}"
            + " => passing_labels[0] is \"b\", which is none of labels; did you mean a?",
        "{\"type\":\"multi\",\"name\":\"m\",\"graders\":{},\"calculate_output\":\"1\"} => graders"
            + " is empty",
        "{\"type\":\"multi\",\"name\":\"m\",\"graders\":{\"a\":{\"type\":\"multi\"}},\"calculate_output\":\"1\"}"
            + " => graders.a.type is multi: a multi grader cannot hold another one",
        "{\"type\":\"multi\",\"name\":\"m\",\"graders\":{\"a\":{\"type\":\"python\",\"source\":\"x\"}},\"calculate_output\":\"b\"}"
            + " => calculate_output cannot be computed: there is no grader b; did you mean a?,"
            + " column 1 of the formula"
      })
  void whatIsWrongIsNamedWithItsPathAndWhatWouldBeRight(String json, String message) {
    assertEquals(List.of(message), problems(json));
  }

  @Test
  void everyProblemIsNamedAtItsPlace() {
    String json =
        """
        {
          "type": "multi", "name": "m", "calculate_output": "a",
          "graders": {
            "a": {"type": "string_check", "name": "s", "inputs": "x", "reference": 3, "operation": "eq"},
            "b": {"type": "python"}
          }
        }
        """;
    GraderException e = assertThrows(GraderException.class, () -> Grader.read(json));
    assertEquals(
        List.of(
            "line 4, column 48: graders.a.inputs is no field of graders.a; did you mean input?",
            "line 4, column 76: graders.a.reference must be a string, not a number",
            "line 5, column 10: graders.b lacks the field source"),
        e.problems().stream().map(GraderProblem::sentence).toList());
  }

  @Test
  void textThatIsNoJsonIsRefusedAtItsPlace() {
    GraderException e =
        assertThrows(GraderException.class, () -> Grader.read("{\"type\": \"python\",\n oops}"));
    assertEquals(2, e.problems().get(0).line());
    assertTrue(e.getMessage().contains("not valid JSON"), e.getMessage());
    assertTrue(problems("").get(0).contains("empty"));
    assertTrue(problems("{\"type\":\"python\",\"type\":\"multi\"}").get(0).contains("Duplicate"));
    assertTrue(problems("[".repeat(5000)).get(0).contains("not valid JSON"));
  }

  @Test
  void aSourceOfTheWholeLimitIsRefused() {
    String json = "{\"type\":\"python\",\"source\":\"" + "#".repeat(256_000) + "\"}";
    assertEquals(List.of("source must be shorter than 256 kB"), problems(json));
  }
}
