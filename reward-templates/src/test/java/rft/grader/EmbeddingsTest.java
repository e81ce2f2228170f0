package rft.grader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rft.reward.Failure;

final class EmbeddingsTest {
  private HttpServer server;
  private String answer = "";
  private int status = 200;
  private String body = "";
  private String authorization = "";

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/embeddings",
        exchange -> {
          body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private double cosine(Map<String, String> more) throws Exception {
    Map<String, String> environment = new HashMap<>(more);
    environment.put(Embeddings.URL, "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/");
    return new Embeddings(environment).cosine("cat", "kitten");
  }

  private void answers(String first, String second) {
    answer = "{\"data\":[{\"embedding\":" + first + "},{\"embedding\":" + second + "}]}";
  }

  @Test
  void theCosineOfTwoEmbeddingsIsTaken() throws Exception {
    answers("[3,4]", "[6,8]");
    assertEquals(1, cosine(Map.of()), 1e-12);
    assertTrue(body.contains("\"input\":[\"cat\",\"kitten\"]"), body);
    assertTrue(body.contains("text-embedding-3-large"), body);
    answers("[1,0]", "[1,1]");
    assertEquals(Math.sqrt(0.5), cosine(Map.of(Embeddings.MODEL, "small")), 1e-12);
    assertTrue(body.contains("\"model\":\"small\""), body);
    answers("[1,0]", "[-1,0]");
    assertEquals(0, cosine(Map.of()), 0);
  }

  @Test
  void theKeyIsSentAndNeverRepeated() throws Exception {
    answers("[1]", "[1]");
    cosine(Map.of(Embeddings.KEY_ENV, "MY_KEY", "MY_KEY", "secret"));
    assertEquals("Bearer secret", authorization);
    status = 401;
    GradingException e =
        assertThrows(
            GradingException.class,
            () -> cosine(Map.of(Embeddings.KEY_ENV, "MY_KEY", "MY_KEY", "secret")));
    assertTrue(String.valueOf(e.getMessage()).contains("HTTP 401"), e.getMessage());
    assertTrue(!String.valueOf(e.getMessage()).contains("secret"), e.getMessage());
  }

  @Test
  void whatGivesNoEmbeddingsIsAFailure() {
    for (String wrong :
        new String[] {
          "",
          "{}",
          "{\"data\":[{\"embedding\":[1]},{\"embedding\":[1,2]}]}",
          "{\"data\":[{\"embedding\":[0]},{\"embedding\":[0]}]}",
          "{\"data\":[{\"embedding\":[\"a\"]},{\"embedding\":[1]}]}"
        }) {
      answer = wrong;
      GradingException e = assertThrows(GradingException.class, () -> cosine(Map.of()), wrong);
      assertEquals(Failure.Kind.SERVICE, e.kind());
      assertEquals(GraderError.MODEL_GRADER_SERVER, e.error());
    }
    GradingException none =
        assertThrows(
            GradingException.class,
            () -> new Embeddings(Map.of(Embeddings.URL, "http://127.0.0.1:1/v1")).cosine("a", "b"));
    assertTrue(String.valueOf(none.getMessage()).contains("nothing answers"), none.getMessage());
  }
}
