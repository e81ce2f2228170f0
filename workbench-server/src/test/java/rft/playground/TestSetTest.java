package rft.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSetTest {
  @TempDir Path root;
  private TestPlayground site;

  @BeforeEach
  void start() throws IOException {
    site = new TestPlayground(root);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void aTestSetGivesThePairedDifference() throws Exception {
    // The tuned model knows the answer, which the test reads from the dataset.
    site.models.answer =
        body ->
            List.of(
                body.path("model").asText().equals("base")
                    ? "#### 0"
                    : "#### " + sum(body.at("/messages/0/content").asText()));

    List<JsonNode> events =
        site.page().events("/api/playground/testset", testSet("validation", 12));

    assertEquals(12, TestPlayground.with(events, "row").size());
    assertEquals("gained", TestPlayground.with(events, "row").get(0).at("/row/outcome").asText());
    JsonNode summary = TestPlayground.with(events, "summary").get(0).path("summary");
    assertEquals(12, summary.path("prompts").asInt());
    assertEquals(1.0, summary.at("/accuracyDifference/mean").asDouble());
    // All 12 are alike: a share of unseen ones as large as this may be the other way round.
    double unseen = 3.8414588 / (12 + 3.8414588);
    assertEquals(1 - 2 * unseen, summary.at("/rewardDifference/low").asDouble(), 1e-6);
    assertEquals(12, summary.path("gained").asInt());
  }

  @Test
  void bothModelsHaveTheSameSeedForAPromptAndEachPromptItsOwn() throws Exception {
    site.page().events("/api/playground/testset", testSet("validation", 3));

    List<String> seeds =
        site.models.asked.stream().map(body -> body.path("seed").asText()).sorted().toList();
    assertEquals(List.of("5", "5", "6", "6", "7", "7"), seeds);
  }

  @Test
  void theTestSplitSaysHowOftenItWasRead() throws Exception {
    List<JsonNode> first = site.page().events("/api/playground/testset", testSet("test", 2));
    List<JsonNode> second = site.page().events("/api/playground/testset", testSet("test", 2));

    assertTrue(first.get(0).path("note").asText().contains("first time"), first.toString());
    assertTrue(second.get(0).path("note").asText().contains("1 time before"), second.toString());
    assertEquals(2, site.page().get("/api/models/" + site.run).path("tests").size());
  }

  private String testSet(String rows, int count) {
    return """
    {"data": {"name": "addition", "rows": "%s", "count": %d}, "base": {"base": "base"},
     "tuned": {"run": "%s"}, "reward": {"run": "%s"}, "n": 1, "seed": 5, "temperature": 1,
     "topP": 1, "maxTokens": 20}\
    """
        .formatted(rows, count, site.run, site.run);
  }

  private static String sum(String prompt) {
    long total = 0;
    for (String word : prompt.replaceAll("[^0-9 ]", " ").strip().split(" +")) {
      total += Long.parseLong(word);
    }
    return Long.toString(total);
  }
}
