package rft.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmModelTest {
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
  void theStartOfAModelIsSeen() throws Exception {
    site.models.startTime = Duration.ofMillis(700);

    List<JsonNode> starting = TestPlayground.with(site.chatWithBase(), "startingMillis");

    assertTrue(starting.size() >= 2, starting.toString());
  }

  @Test
  void aModelThatDoesNotStartIsOneSentence() throws Exception {
    site.models.diesAtStart = true;

    List<JsonNode> problems = TestPlayground.with(site.chatWithBase(), "problem");

    assertEquals(
        "the model base did not start: it ended with exit code 137",
        problems.get(0).path("problem").asText());
  }

  @Test
  void aModelThatDiesIsStartedAgainByTheNextQuestion() throws Exception {
    site.models.diesInAnswer = true;
    List<JsonNode> problems = TestPlayground.with(site.chatWithBase(), "problem");
    assertTrue(
        problems.get(0).path("problem").asText().contains("it starts again with the next request"),
        problems.toString());

    site.models.diesInAnswer = false;
    List<JsonNode> events = site.chatWithBase();

    assertEquals("#### 4", TestPlayground.text(events, 0));
    assertEquals(2, site.models.started.size());
  }

  @Test
  void anIdleModelIsEndedUnlessItIsDeployed() throws Exception {
    site.restart(Duration.ofMillis(200));
    site.chatWithBase();
    await(() -> !site.models.started.get(0).isAlive());

    site.page().send("POST", "/api/deployments", "{\"run\": \"" + site.run + "\"}");
    Thread.sleep(600);

    assertTrue(site.models.started.get(1).isAlive());
  }

  private interface Condition {
    boolean met() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    for (int i = 0; i < 200 && !condition.met(); i++) {
      Thread.sleep(25);
    }
    assertTrue(condition.met());
  }
}
