package rft.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A client never takes a part of an answer for all of it. */
final class BrokenAnswerTest {
  /** So much that it is never done before the server ends. */
  private static final String ENDLESS =
      "\"n\": 64, \"ignore_eos\": true, \"top_k\": 400, \"logprobs\": true";

  private static HttpResponse<InputStream> begun(TestServer server, String fields)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient()
            .send(
                server.request("/v1/chat/completions", TestServer.chatBody(fields)),
                HttpResponse.BodyHandlers.ofInputStream());
    assertEquals(200, answer.statusCode());
    return answer;
  }

  @Test
  void aServerThatEndsBreaksTheConnectionOfAWholeAnswerAndTellsAStream() throws Exception {
    try (TestServer server = TestServer.start("--rows=1", "--queue=199", "--threads=1")) {
      CompletableFuture<?> other =
          server.sendLater("/v1/chat/completions", TestServer.chatBody(ENDLESS));
      InputStream stream = begun(server, ENDLESS + ", \"stream\": true").body();
      // It is here once the first sign of life is.
      InputStream whole = begun(server, ENDLESS).body();
      Thread end =
          new Thread(
              () -> {
                try {
                  server.end();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      end.start();
      assertThrows(IOException.class, whole::readAllBytes);
      String events = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(events.contains("\"code\":\"shutting_down\""), events);
      end.join();
      other.handle((answer, broken) -> 0).get(30, TimeUnit.SECONDS);
    }
  }
}
