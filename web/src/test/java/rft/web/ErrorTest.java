package rft.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.http.ConflictResponse;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client learns of a failure: one sentence and a word, never what is inside. */
final class ErrorTest {
  private static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final Routes FAILING =
      routes -> {
        routes.get(
            "/api/none",
            context -> {
              throw new NotFoundResponse("there is no run a");
            });
        routes.get(
            "/api/used",
            context -> {
              throw new ConflictResponse("the run is in use", Map.of("code", "run_in_use"));
            });
        routes.get(
            "/api/busy",
            context -> {
              throw new Busy();
            });
        routes.get(
            "/api/deep",
            context -> {
              throw new StackOverflowError();
            });
        routes.get(
            "/api/half",
            context -> {
              context.res().getOutputStream().print("half");
              context.res().flushBuffer();
              throw new IllegalStateException("the rest is lost");
            });
        routes.get(
            "/api/longer",
            context -> {
              context.header("Content-Length", "1000");
              context.outputStream().write(1);
            });
        routes.exception(
            Busy.class, (e, context) -> ErrorReply.send(context, HttpStatus.CONFLICT, "busy"));
      };

  @TempDir Path folder;

  @Test
  void aFailureIsASentenceAndAWord() throws IOException {
    try (TestServer web = new TestServer(folder, ServerAddress.loopback(0), List.of(FAILING))) {
      assertReply(web, "/api/none", 404, "there is no run a", "not_found");
      assertReply(web, "/api/used", 409, "the run is in use", "run_in_use");
      assertReply(web, "/api/busy", 409, "busy", "conflict");
    }
  }

  private static void assertReply(
      TestServer web, String path, int status, String message, String code) throws IOException {
    RawClient.Reply reply = web.client.get(path, web.bearer());
    assertEquals(status, reply.status());
    assertTrue(reply.body().contains("\"message\":\"" + message + "\""), reply.body());
    assertTrue(reply.body().contains("\"code\":\"" + code + "\""), reply.body());
    assertTrue(reply.header("Content-Type").startsWith("application/json"), reply.head());
  }

  @Test
  void whatWentWrongInsideStaysInside() throws IOException {
    try (TestServer web = new TestServer(folder, ServerAddress.loopback(0), List.of(FAILING))) {
      for (String path : List.of("/api/broken", "/api/deep")) {
        RawClient.Reply reply = web.client.get(path, web.bearer(), "Accept: text/html");
        assertEquals(500, reply.status(), reply.toString());
        for (String inside : List.of("secret", "Exception", "Error\"", "rft.web", "\tat ")) {
          assertFalse(reply.body().contains(inside), reply.body());
        }
      }
    }
  }

  @Test
  void anAnswerThatBreaksOffEndsItsConnection() throws IOException {
    try (TestServer web = new TestServer(folder, ServerAddress.loopback(0), List.of(FAILING))) {
      // This client asks to close, so that an end of the connection alone would be a good end.
      assertThrows(SocketException.class, () -> web.client.get("/api/half", web.bearer()));
    }
  }

  @Test
  void aMethodThatAnAddressDoesNotHaveIsAnsweredWithThoseItHas() throws IOException {
    try (TestServer web = new TestServer(folder)) {
      String host = "Host: 127.0.0.1:" + web.port;
      RawClient.Reply reply = web.client.send("PUT /api/things HTTP/1.1", host, web.bearer());
      assertEquals(405, reply.status());
      assertEquals("GET, POST", reply.header("Allow"));
      assertTrue(
          reply.body().contains("/api/things is not for PUT; use GET, POST"), reply.toString());
      RawClient.Reply head = web.client.send("HEAD / HTTP/1.1", host);
      assertEquals("GET", head.header("Allow"), head.toString());
    }
  }

  @Test
  void belowV1ErrorsHaveTheShapeThatClientsOfOpenAiKnow() throws IOException {
    try (TestServer web = new TestServer(folder)) {
      String json = "Content-Type: application/json";
      String token = web.bearer();
      String models = "/v1/models";
      List<RawClient.Reply> replies =
          List.of(
              web.client.get(models),
              web.client.get(models, token, "Origin: http://evil.example"),
              web.client.get("/v1/none", token),
              web.client.post(models, "{}", token, json),
              web.client.send(
                  "POST /v1/chat HTTP/1.1",
                  "Host: 127.0.0.1:" + web.port,
                  token,
                  json,
                  "Content-Length: 1000001"),
              web.client.post("/v1/chat", "{}", token, "Content-Type: text/plain"),
              web.client.get("/v1/../none", token));
      List<Integer> statuses = replies.stream().map(RawClient.Reply::status).toList();
      assertEquals(List.of(401, 403, 404, 405, 413, 415, 400), statuses);
      for (RawClient.Reply reply : replies) {
        assertTrue(
            reply
                .body()
                .matches(
                    "\\{\"error\":\\{\"message\":\"[^\"]+\",\"type\":\"[a-z_]+_error\","
                        + "\"param\":null,\"code\":\"[a-z_]+\"}}"),
            reply.body());
      }
      String plain = web.client.get("/api/things").body();
      assertFalse(plain.contains("\"param\""), plain);
    }
  }

  @Test
  void whatFailsAfterTheHandlerIsLoggedWithItsCauseAndWithoutTheQuery() throws IOException {
    List<LogRecord> logged = new CopyOnWriteArrayList<>();
    Handler log =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            logged.add(line);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("rft.web");
    logger.addHandler(log);
    try (TestServer web = new TestServer(folder, ServerAddress.loopback(0), List.of(FAILING))) {
      RawClient.Reply reply = web.client.get("/api/longer?token=hidden", web.bearer());
      assertEquals(500, reply.status(), reply.toString());
      assertEquals(1, logged.size());
      String line = logged.get(0).getMessage();
      assertTrue(line.startsWith("GET /api/longer failed: Insufficient content"), line);
    } finally {
      logger.removeHandler(log);
    }
  }

  @Test
  void aServerMaySayItInAnotherShape() throws IOException {
    ServerSettings settings =
        ServerSettings.forPrograms(ServerAddress.loopback(0), AccessToken.random())
            .withErrors((status, code, message) -> Map.of("failure", status + " " + code));
    try (LocalServer server = LocalServer.start(settings, List.of(FAILING))) {
      RawClient client = new RawClient(URI.create(server.url()).getPort());
      assertEquals("{\"failure\":\"401 unauthorized\"}", client.get("/api/none").body());
      assertEquals(
          "{\"failure\":\"421 misdirected_request\"}",
          client.send("GET / HTTP/1.1", "Host: x").body());
      assertEquals("{\"failure\":\"400 bad_request\"}", client.send("GET / HTTP/1.1").body());
    }
  }

  @Test
  void aServerForProgramsHasNoLoginAndNoCookie() throws IOException {
    AccessToken token = AccessToken.random();
    ServerSettings settings = ServerSettings.forPrograms(ServerAddress.loopback(0), token);
    try (LocalServer server = LocalServer.start(settings, List.of(FAILING))) {
      int port = URI.create(server.url()).getPort();
      RawClient client = new RawClient(port);
      RawClient.Reply login =
          client.post("/api/login", "{}", "Content-Type: application/json", "X-RFT: 1");
      assertEquals(404, login.status());
      String cookie = new Sessions(token, port, java.time.Clock.systemUTC()).start().getValue();
      assertEquals(401, client.get("/api/used", "Cookie: rft-" + port + "=" + cookie).status());
      assertEquals(
          409, client.get("/api/used", "Authorization: Bearer " + token.reveal()).status());
    }
  }
}
