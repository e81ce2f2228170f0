package rft.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** More requests than fit, and clients that go away. */
final class LoadTest {
  private static final String LONG =
      "\"n\": 16, \"ignore_eos\": true, \"max_tokens\": 200, \"seed\": 1";
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start("--rows=8", "--queue=8", "--threads=1");
  }

  @AfterAll
  static void end() throws Exception {
    server.close();
  }

  private static int health(String field) throws Exception {
    return server.get("/health").get(field).intValue();
  }

  private static void await(String what, Check check) throws Exception {
    for (int i = 0; !check.holds(); i++) {
      assertTrue(i < 400, what + ": " + server.get("/health"));
      Thread.sleep(25);
    }
  }

  private interface Check {
    boolean holds() throws Exception;
  }

  @Test
  void whatDoesNotFitTheQueueIsRefusedForAWhile() throws Exception {
    CompletableFuture<HttpResponse<String>> first =
        server.sendLater("/v1/chat/completions", TestServer.chatBody(LONG));
    await("all are drawn or wait", () -> health("waiting") > 0);
    HttpResponse<String> refused =
        server.send("/v1/chat/completions", TestServer.chatBody("\"n\": 2"));
    assertEquals(429, refused.statusCode(), refused.body());
    int seconds = Integer.parseInt(refused.headers().firstValue("Retry-After").orElse("none"));
    assertTrue(seconds >= 1 && seconds <= 60);
    JsonNode error = TestServer.JSON.readTree(refused.body()).get("error");
    assertEquals("rate_limit_error", error.get("type").textValue());
    JsonNode whole = TestServer.good(first.get());
    assertEquals(16, whole.get("choices").size());
    await("the place is free again", () -> health("running") == 0);
    TestServer.good(server.send("/v1/chat/completions", TestServer.chatBody("\"n\": 2")));
  }

  @Test
  void aStreamNobodyReadsIsNotDrawnToItsEnd() throws Exception {
    int before = health("tokens");
    try (Socket socket = begun("\"stream\": true, " + LONG)) {
      BufferedReader in = lines(socket);
      String line = in.readLine();
      assertEquals("HTTP/1.1 200 OK", line);
      while (!line.contains("\"content\":") || line.contains("assistant")) {
        line = in.readLine();
      }
    }
    await("nothing is drawn or waits", () -> health("running") + health("waiting") == 0);
    int drawn = health("tokens") - before;
    assertTrue(drawn < 16 * 200 / 2, drawn + " tokens were drawn although nobody read them");
  }

  @Test
  void wholeAnswersNobodyWaitsForAreNotDrawnToTheirEnd() throws Exception {
    try (TestServer slow = TestServer.start("--rows=1", "--queue=199", "--threads=1")) {
      String fields =
          "\"n\": 64, \"ignore_eos\": true, \"top_k\": 400, \"logprobs\": true,"
              + " \"top_logprobs\": 20";
      int clients = 3;
      List<Socket> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        all.add(begun(slow, fields));
      }
      for (Socket socket : all) {
        assertEquals("HTTP/1.1 200 OK", lines(socket).readLine(), "a sign of life in time");
      }
      for (Socket socket : all) {
        socket.close();
      }
      int before = slow.get("/health").get("tokens").intValue();
      await("it ends", () -> slow.get("/health").get("running").intValue() == 0);
      JsonNode health = slow.get("/health");
      assertEquals(0, health.get("waiting").intValue());
      assertEquals(0, health.get("requests").intValue());
      int left = clients * 64 * 230 - before;
      int drawn = health.get("tokens").intValue() - before;
      assertTrue(drawn < left / 4, drawn + " of " + left + " tokens were drawn for nobody");
    }
  }

  @Test
  void requestsThatComeTogetherShareThePassesThroughTheModel() throws Exception {
    int fewest = Integer.MAX_VALUE;
    int tokens = 8 * 200;
    // The first may come so slowly, while all is new, that each is done before the next.
    for (int attempt = 0; attempt < 5 && fewest > tokens / 2; attempt++) {
      int before = health("passes");
      List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String fields = "\"ignore_eos\": true, \"max_tokens\": 200, \"logprobs\": true";
        all.add(server.sendLater("/v1/chat/completions", TestServer.chatBody(fields)));
      }
      for (CompletableFuture<HttpResponse<String>> one : all) {
        assertEquals(200, TestServer.good(one.get()).at("/usage/completion_tokens").intValue());
      }
      fewest = Math.min(fewest, health("passes") - before);
    }
    assertTrue(fewest <= tokens / 2, fewest + " passes for " + tokens + " tokens");
  }

  @Test
  void moreThanEverFitsIsRefusedAlsoWhenNothingIsDrawn() throws Exception {
    HttpResponse<String> refused =
        server.send("/v1/chat/completions", TestServer.chatBody("\"n\": 17"));
    assertEquals(400, refused.statusCode(), refused.body());
    JsonNode error = TestServer.JSON.readTree(refused.body()).get("error");
    assertEquals("n", error.get("param").textValue());
    assertTrue(error.get("message").textValue().startsWith("17 answers are asked for"));
    assertTrue(refused.headers().firstValue("Retry-After").isEmpty(), "later does not help");
  }

  private static Socket begun(String fields) throws Exception {
    return begun(server, fields);
  }

  /** Returns a connection over which a request was sent, and which ends without farewell. */
  private static Socket begun(TestServer server, String fields) throws Exception {
    URI address = URI.create(server.url());
    String body = TestServer.chatBody(fields);
    Socket socket = new Socket(address.getHost(), address.getPort());
    socket.setSoLinger(true, 0);
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(
                address.getAuthority(),
                server.token(),
                body.getBytes(StandardCharsets.UTF_8).length);
    socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static BufferedReader lines(Socket socket) throws Exception {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }
}
