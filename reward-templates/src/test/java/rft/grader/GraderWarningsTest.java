package rft.grader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GraderWarningsTest {
  private static List<String> warnings(String json) throws Exception {
    return Grader.read(json).warnings();
  }

  private static String check(String input, String reference, String operation) {
    return "{\"type\":\"string_check\",\"name\":\"s\",\"input\":\""
        + input
        + "\",\"reference\":\""
        + reference
        + "\",\"operation\":\""
        + operation
        + "\"}";
  }

  private static String multi(String formula, String... graders) {
    return "{\"type\":\"multi\",\"name\":\"m\",\"graders\":["
        + String.join(",", graders)
        + "],\"calculate_output\":\""
        + formula
        + "\"}";
  }

  private static final String SOUND =
      check("{{sample.output_text}}", "{{item.reference_answer}}", "eq");

  @Test
  void aSoundGraderIsNotAccused() throws Exception {
    assertEquals(List.of(), warnings(SOUND));
    assertEquals(List.of(), warnings(multi("min(s, 1)", SOUND)));
    assertEquals(
        List.of(), warnings("{\"type\":\"python\",\"source\":\"def grade(sample, item): ...\"}"));
  }

  @Test
  void anEmptyReferencePaysEveryone() throws Exception {
    assertEquals(
        List.of("the reference is empty, and every text contains it: like pays 1 for any answer"),
        warnings(check("{{sample.output_text}}", "", "like")));
  }

  @Test
  void swappedRolesAreNamed() throws Exception {
    List<String> found =
        warnings(check("{{item.reference_answer}}", "{{sample.output_text}}", "ilike"));
    assertEquals(2, found.size());
    assertTrue(found.get(0).contains("swapped"), found.get(0));
    assertTrue(found.get(1).contains("pays 1 for saying nothing"), found.get(1));
  }

  @Test
  void aGraderThatNeverLooksIsNamed() throws Exception {
    assertTrue(
        warnings(check("{{item.a}}", "x", "eq")).get(0).contains("never looks at the answer"));
    assertTrue(
        warnings(
                "{\"type\":\"score_model\",\"name\":\"j\",\"model\":\"m\",\"input\":[{\"role\":"
                    + "\"user\",\"content\":\"{{item.a}}\"}]}")
            .get(0)
            .contains("no message takes from sample"));
  }

  @Test
  void aThresholdDoesNotChangeTheReward() throws Exception {
    assertTrue(
        warnings(
                "{\"type\":\"text_similarity\",\"name\":\"t\",\"input\":\"{{sample.output_text}}\","
                    + "\"reference\":\"a\",\"evaluation_metric\":\"rouge_1\",\"pass_threshold\":0.5}")
            .get(0)
            .contains("pass_threshold does not change the reward"));
  }

  @Test
  void partsOfAFormulaThatDecideNothingAreNamed() throws Exception {
    String other = SOUND.replace("\"name\":\"s\"", "\"name\":\"t\"");
    assertEquals(
        List.of("t: the formula never uses it, so it is a metric that pays nothing"),
        warnings(multi("s", SOUND, other)));
    List<String> constant = warnings(multi("max(s, 1)", SOUND));
    assertEquals(2, constant.size());
    assertTrue(constant.get(0).contains("can never decide max"), constant.get(0));
    assertEquals("calculate_output: it is always 1.0, whatever the answer", constant.get(1));
  }

  @Test
  void whatIsPeculiarToAMetricIsSaid() throws Exception {
    String similarity =
        "{\"type\":\"text_similarity\",\"name\":\"t\",\"input\":\"{{sample.output_text}}\","
            + "\"reference\":\"a\",\"evaluation_metric\":\"%s\"}";
    assertTrue(warnings(similarity.formatted("meteor")).get(0).contains("never pays 1"));
    assertTrue(warnings(similarity.formatted("cosine")).get(0).contains("RFT_EMBEDDINGS_URL"));
  }
}
