package rft.playground;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program hears of a deployed model that does not answer it. */
class ProxyRefusalTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String QUESTION =
      "{\"model\":\"base\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  @TempDir Path root;
  private final HttpClient client = HttpClient.newHttpClient();
  private TestPlayground site;
  private String token;

  @BeforeEach
  void start() throws Exception {
    site = new TestPlayground(root);
    String wish = "{\"run\": \"" + site.run + "\"}";
    HttpResponse<String> made = site.page().send("POST", "/api/deployments", wish);
    token = PlaygroundClient.JSON.readTree(made.body()).path("token").asText();
  }

  @AfterEach
  void stop() {
    site.close();
  }

  private HttpRequest request(
      String bearer, String method, String path, String body, String... more) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(site.page().url() + path))
            .header("Authorization", "Bearer " + bearer)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (more.length > 0) {
      request.headers(more);
    }
    return request.build();
  }

  private HttpResponse<String> ask(String method, String path, String body, String... more)
      throws IOException, InterruptedException {
    return client.send(
        request(token, method, path, body, more), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> chat() throws IOException, InterruptedException {
    return ask("POST", CHAT, QUESTION, "Content-Type", "application/json");
  }

  private long failures() throws Exception {
    return site.page().get("/api/deployments").at("/deployments/0/traffic/failures").asLong();
  }

  @Test
  void anAnswerThatTheModelBreaksOffBreaksTheConnection() throws Exception {
    site.models.lastOfWhole = " ";
    assertThrows(IOException.class, this::chat);
    assertEquals(1, failures());
  }

  @Test
  void anAnswerOfWhichNothingCameIsUnavailable() throws Exception {
    site.models.lastOfWhole = "";
    HttpResponse<String> answer = chat();
    assertEquals(503, answer.statusCode(), answer.body());
    assertEquals("model_unavailable", error(answer).path("code").asText());
  }

  @Test
  void whoTriesTokensIsSlowedDownAndTheRightOneStillPasses() throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      HttpRequest wrong = request("no", "GET", "/v1/models", "");
      statuses.add(client.send(wrong, HttpResponse.BodyHandlers.discarding()).statusCode());
    }
    List<Integer> expected = new ArrayList<>(java.util.Collections.nCopies(10, 401));
    expected.addAll(List.of(429, 429));
    assertEquals(expected, statuses);
    assertEquals(200, ask("GET", "/v1/models", "").statusCode());
  }

  @Test
  void everyRefusalHasTheShapeThatClientsKnow() throws Exception {
    String[] json = {"Content-Type", "application/json"};
    String none = QUESTION.replace("base", "none");
    check(401, "authentication_error", null, refusedToken());
    check(
        403,
        "permission_error",
        null,
        ask("POST", CHAT, QUESTION, json[0], json[1], "Origin", "null"));
    check(404, "invalid_request_error", null, ask("POST", "/v1/embeddings", "{}", json));
    check(404, "invalid_request_error", null, ask("GET", "/v1/none", ""));
    check(404, "invalid_request_error", "model", ask("POST", CHAT, none, json));
    check(404, "invalid_request_error", "model", ask("GET", "/v1/models/none", ""));
    check(400, "invalid_request_error", "model", ask("POST", CHAT, "{}", json));
    check(413, "invalid_request_error", null, ask("POST", CHAT, "x".repeat(1_000_001), json));
    check(415, "invalid_request_error", null, ask("POST", CHAT, QUESTION));
    HttpResponse<String> get = ask("GET", CHAT, "");
    check(405, "invalid_request_error", null, get);
    assertEquals("POST", get.headers().firstValue("Allow").orElse(""));
    HttpResponse<String> post = ask("POST", "/v1/models", "{}", json);
    check(405, "invalid_request_error", null, post);
    assertEquals("GET", post.headers().firstValue("Allow").orElse(""));
  }

  private HttpResponse<String> refusedToken() throws IOException, InterruptedException {
    return client.send(
        request("no", "GET", "/v1/models", ""), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode error(HttpResponse<String> answer) throws IOException {
    return PlaygroundClient.JSON.readTree(answer.body()).path("error");
  }

  private static void check(int status, String type, String param, HttpResponse<String> answer)
      throws IOException {
    assertEquals(status, answer.statusCode(), answer.body());
    JsonNode error = error(answer);
    assertEquals(type, error.path("type").asText(), answer.body());
    assertTrue(error.has("param"), answer.body());
    assertEquals(param, error.path("param").textValue(), answer.body());
    assertTrue(error.path("message").asText().contains(" "), answer.body());
    assertTrue(error.path("code").isTextual(), answer.body());
  }

  @Test
  void moreThanMayWaitForAModelAreRefusedAndOthersAreAnsweredMeanwhile() throws Exception {
    site.page().send("POST", "/api/deployments/end", "{\"model\": \"base\"}");
    site.models.startTime = Duration.ofHours(1);
    HttpRequest question =
        request(token, "POST", CHAT, QUESTION, "Content-Type", "application/json");
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    int most = OpenAiProxy.MOST_OPEN;
    int more = 40;
    for (int i = 0; i < most + more; i++) {
      all.add(client.sendAsync(question, HttpResponse.BodyHandlers.ofString()));
    }
    for (int i = 0; all.stream().filter(CompletableFuture::isDone).count() < more; i++) {
      assertTrue(i < 600, "nobody is refused");
      Thread.sleep(50);
    }
    assertEquals(200, ask("GET", "/v1/models", "").statusCode(), "others are answered");
    site.models.startTime = Duration.ZERO;
    int refused = 0;
    for (CompletableFuture<HttpResponse<String>> one : all) {
      HttpResponse<String> answer = one.join();
      if (answer.statusCode() == 429) {
        refused++;
        assertEquals("5", answer.headers().firstValue("Retry-After").orElse(""));
        assertEquals("queue_full", error(answer).path("code").asText());
      } else {
        assertEquals(200, answer.statusCode(), answer.body());
      }
    }
    assertEquals(more, refused);
    assertEquals(200, chat().statusCode(), "the places are free again");
  }

  @Test
  void aModelThatStartsIsNotAskedForAClientThatLeft() throws Exception {
    site.page().send("POST", "/api/deployments/end", "{\"model\": \"base\"}");
    site.models.startTime = Duration.ofHours(1);
    try (Socket leaving = asking();
        Socket staying = asking();
        Socket hasty = asking()) {
      awaitWaiting(3);
      leaving.close();
      awaitWaiting(2);
      hasty.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(US_ASCII));
      Thread.sleep(300);
      site.models.startTime = Duration.ZERO;
      for (Socket one : List.of(staying, hasty)) {
        String answer = new String(one.getInputStream().readNBytes(15), US_ASCII);
        assertEquals("HTTP/1.1 200 OK", answer);
      }
    }
    assertEquals(2, site.models.asked.size());
  }

  private Socket asking() throws IOException {
    URI url = URI.create(site.page().url());
    Socket socket = new Socket(url.getHost(), url.getPort());
    String head =
        "POST %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(CHAT, url.getAuthority(), token, QUESTION.length());
    socket.getOutputStream().write((head + QUESTION).getBytes(US_ASCII));
    return socket;
  }

  private void awaitWaiting(int requests) throws Exception {
    String place = "/servers/0/inUse";
    for (int i = 0; site.page().get("/api/deployments").at(place).asInt() != requests; i++) {
      assertTrue(i < 200, site.page().get("/api/deployments").toString());
      Thread.sleep(50);
    }
  }
}
