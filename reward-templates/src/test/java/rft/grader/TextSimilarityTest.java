package rft.grader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The metrics agree with rapidfuzz 3.10.1, nltk 3.9.1 and rouge-score 0.1.2; {@code
 * text-similarity.py} made the golden file.
 */
final class TextSimilarityTest {
  private static final double TOLERANCE = 1e-9;
  private static final List<JsonNode> GOLDEN = golden();

  @ParameterizedTest
  @EnumSource(value = Grader.Metric.class, names = "COSINE", mode = EnumSource.Mode.EXCLUDE)
  void everyMetricAgreesWithTheUsualLibrary(Grader.Metric metric) throws Exception {
    Grader grader =
        new Grader.TextSimilarity(
            "g", "{{sample.output_text}}", "{{item.reference_answer}}", metric, null);
    int compared = 0;
    try (GraderRuntime runtime =
        new GraderRuntime(grader, new GraderServices(name -> null, Map.of()))) {
      for (JsonNode row : GOLDEN) {
        if (row.has("reference")) {
          ObjectNode item = object("reference_answer", row.path("reference"));
          ObjectNode sample = object("output_text", row.path("text"));
          double value = runtime.grade(item, sample).reward();
          assertEquals(row.path(metric.jsonName()).doubleValue(), value, TOLERANCE, row.toString());
          compared++;
        }
      }
    }
    assertTrue(compared > 150, compared + " pairs");
  }

  @Test
  void stemsAgreeWithTheUsualStemmer() {
    List<String> different = new ArrayList<>();
    int compared = 0;
    for (JsonNode row : GOLDEN) {
      if (row.has("word")) {
        String stem = PorterStem.of(row.path("word").textValue());
        if (!stem.equals(row.path("stem").textValue())) {
          different.add(row + " here " + stem);
        }
        compared++;
      }
    }
    assertEquals(List.of(), different);
    assertTrue(compared > 100, compared + " words");
  }

  private static ObjectNode object(String name, JsonNode value) {
    return JsonNodeFactory.instance.objectNode().set(name, value);
  }

  private static List<JsonNode> golden() {
    try (InputStream in = TextSimilarityTest.class.getResourceAsStream("text-similarity.jsonl")) {
      List<JsonNode> rows = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        rows.add(new JsonMapper().readTree(line));
      }
      return rows;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
