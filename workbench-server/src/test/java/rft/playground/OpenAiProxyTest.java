package rft.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenAiProxyTest {
  @TempDir Path root;
  private final HttpClient client = HttpClient.newHttpClient();
  private TestPlayground site;
  private String token;
  private String model;

  @BeforeEach
  void start() throws Exception {
    site = new TestPlayground(root);
    JsonNode made = deploy("{\"run\": \"" + site.run + "\"}");
    token = made.path("token").asText();
    model = made.path("modelId").asText();
  }

  @AfterEach
  void stop() {
    site.close();
  }

  private JsonNode deploy(String wish) throws IOException, InterruptedException {
    HttpResponse<String> made = site.page().send("POST", "/api/deployments", wish);
    assertEquals(201, made.statusCode(), made.body());
    return PlaygroundClient.JSON.readTree(made.body());
  }

  /** Asks as a program does: with a token, and none of the headers of the page. */
  private HttpResponse<String> ask(String bearer, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(site.page().url() + path))
            .header("Content-Type", "application/json");
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    return client.send(
        body.isEmpty()
            ? request.build()
            : request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String question(String id) {
    return "{\"model\":\""
        + id
        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
        + "\"stream\":true}";
  }

  @Test
  void aDeployedModelIsListedAndAnswers() throws Exception {
    assertEquals("ft:base:" + site.run, model);
    JsonNode list = PlaygroundClient.JSON.readTree(ask(token, "/v1/models", "").body());
    List<String> ids = list.path("data").findValuesAsText("id");
    assertEquals(List.of("base", model), ids);
    for (String id : ids) {
      String one = ask(token, "/v1/models/" + id, "").body();
      assertEquals(id, PlaygroundClient.JSON.readTree(one).path("id").asText());
    }

    HttpResponse<String> answer = ask(token, "/v1/chat/completions", question(model));

    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains("\"content\":\"#### \""), answer.body());
    assertTrue(answer.body().endsWith("data: [DONE]\n\n"), answer.body());
    assertEquals(PlaygroundClient.JSON.readTree(question(model)), site.models.asked.get(0));
  }

  @Test
  void itsBaseIsAskedByTheIdThatRftServeHasForIt() throws Exception {
    assertEquals(200, ask(token, "/v1/chat/completions", question("base")).statusCode());
    assertEquals("base", site.models.asked.get(0).path("model").asText());
  }

  @Test
  void theStreamPassesByteForByte() throws Exception {
    String through = ask(token, "/v1/chat/completions", question(model)).body();
    Endpoint direct = site.models.started.get(0).endpoint().orElseThrow();

    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(direct.at("/v1/chat/completions"))
                .header("Authorization", direct.authorization())
                .POST(HttpRequest.BodyPublishers.ofString(question(model)))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertEquals(answer.body(), through);
  }

  @Test
  void onlyATokenOpensIt() throws Exception {
    for (String wrong : List.of("", "wrong", FakeModels.TOKEN)) {
      HttpResponse<String> refused = ask(wrong, "/v1/chat/completions", question(model));
      assertEquals(401, refused.statusCode(), wrong);
      assertEquals(
          "invalid_api_key",
          PlaygroundClient.JSON.readTree(refused.body()).at("/error/code").asText());
    }
    assertEquals(200, ask(site.page().token.reveal(), "/v1/models", "").statusCode());
  }

  @Test
  void aTokenOpensItsOwnDeploymentOnly() throws Exception {
    JsonNode other = deploy("{\"run\": \"" + site.run + "\", \"step\": 20}");

    HttpResponse<String> refused =
        ask(token, "/v1/chat/completions", question(other.path("modelId").asText()));

    assertEquals(404, refused.statusCode());
    assertEquals(
        "model_not_found",
        PlaygroundClient.JSON.readTree(refused.body()).at("/error/code").asText());
    assertEquals(
        "model", PlaygroundClient.JSON.readTree(refused.body()).at("/error/param").asText());
  }

  @Test
  void theTokenIsShownOnceAndKeptNowhere() throws Exception {
    assertFalse(site.page().get("/api/deployments").toString().contains(token));
    try (var files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(
            Files.readString(file, StandardCharsets.ISO_8859_1).contains(token), file.toString());
      }
    }
  }

  @Test
  void requestsAndTokensAreCounted() throws Exception {
    ask(token, "/v1/chat/completions", question(model));
    ask(token, "/v1/chat/completions", question(model).replace("Hi", "too long"));

    JsonNode traffic = site.page().get("/api/deployments").at("/deployments/0/traffic");

    assertEquals(2, traffic.path("requests").asInt());
    assertEquals(1, traffic.path("failures").asInt());
    assertEquals(2, traffic.path("tokens").asInt());
  }

  @Test
  void aDeploymentOutlivesTheWorkbenchAndItsProcessIsFoundAgain() throws Exception {
    site.restart(Duration.ofMinutes(10));

    assertEquals(200, ask(token, "/v1/chat/completions", question(model)).statusCode());
    assertEquals(1, site.models.started.size(), "the process of before");
  }

  @Test
  void whatIsTakenAwayIsGone() throws Exception {
    HttpResponse<String> gone = site.page().send("DELETE", "/api/deployments/" + site.run, "{}");

    assertEquals(204, gone.statusCode());
    assertEquals(401, ask(token, "/v1/models", "").statusCode());
    assertEquals(
        404, site.page().send("DELETE", "/api/deployments/" + site.run, "{}").statusCode());
  }

  @Test
  void whatDeploysIsInTheAudit() throws Exception {
    String audit = Files.readString(root.resolve("home/audit.jsonl"));

    assertTrue(audit.contains("POST /api/deployments"), audit);
  }
}
