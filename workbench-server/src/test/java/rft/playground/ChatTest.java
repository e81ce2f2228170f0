package rft.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatTest {
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
  void columnsAreAskedTheSameWithTheirModels() throws Exception {
    site.models.answer =
        body -> List.of(body.path("model").asText().equals("base") ? "five" : "four");

    List<JsonNode> events =
        site.page().events("/api/playground/chat", TestPlayground.chat(site.both(), ""));

    assertEquals("five", TestPlayground.text(events, 0));
    assertEquals("four", TestPlayground.text(events, 1));
    assertTrue(events.get(events.size() - 1).path("done").asBoolean());
    assertEquals(2, site.models.asked.size());
    assertEquals(1, site.models.started.size(), "one process for both");
    List<String> ids =
        site.models.asked.stream().map(body -> body.path("model").asText()).sorted().toList();
    assertEquals(List.of("base", "ft:base:" + site.run), ids);
    for (JsonNode body : site.models.asked) {
      assertEquals(7, body.path("seed").asInt());
      assertEquals("What is 2 + 2?", body.at("/messages/0/content").asText());
    }
  }

  @Test
  void aTokenComesWithItsLogProbability() throws Exception {
    List<JsonNode> events = site.chatWithBase();

    assertEquals(-0.25, TestPlayground.with(events, "text").get(0).path("logProb").asDouble());
    assertEquals("stop", TestPlayground.with(events, "finish").get(0).path("finish").asText());
  }

  @Test
  void aCheckpointIsAskedByItsStep() throws Exception {
    site.page()
        .events(
            "/api/playground/chat",
            TestPlayground.chat("{\"run\": \"" + site.run + "\", \"step\": 20}", ""));

    assertEquals(
        "ft:base:" + site.run + ":ckpt-step-20", site.models.asked.get(0).path("model").asText());
  }

  @Test
  void theRewardOfTheRunJudgesEachAnswer() throws Exception {
    site.models.answer =
        body -> List.of(body.path("model").asText().equals("base") ? "#### 5" : "#### 4");
    String reward = ", \"reference\": \"4\", \"reward\": {\"run\": \"" + site.run + "\"}";

    List<JsonNode> verdicts =
        TestPlayground.with(
            site.page().events("/api/playground/chat", TestPlayground.chat(site.both(), reward)),
            "verdict");

    assertEquals(2, verdicts.size());
    for (JsonNode event : verdicts) {
      double expected = event.path("column").asInt();
      assertEquals(expected, event.at("/verdict/value").asDouble(), event.toString());
    }
  }

  @Test
  void anUnknownModelIsRefusedWithANameThatExists() throws Exception {
    HttpResponse<String> response =
        site.page()
            .send("POST", "/api/playground/chat", TestPlayground.chat("{\"base\": \"bose\"}", ""));

    assertEquals(404, response.statusCode());
    assertTrue(response.body().contains("there is no base model bose"), response.body());
  }

  @Test
  void aPageThatLeavesEndsTheAnswer() throws Exception {
    site.models.neverEnds = true;
    HttpRequest ask =
        site.page()
            .request("/api/playground/chat", site.page().token.reveal())
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    TestPlayground.chat("{\"base\": \"base\"}", "")))
            .build();
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient().send(ask, HttpResponse.BodyHandlers.ofInputStream());
    assertNotEquals(-1, response.body().read());

    response.body().close();

    assertTrue(site.models.left.await(10, TimeUnit.SECONDS), "the model was told");
  }
}
