package rft.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much a body may hold, and what JSON may say. */
final class BodyTest {
  private static final String JSON = "Content-Type: application/json";
  private static final String BYTES = "Content-Type: application/octet-stream";
  private static final String INTENT = "X-RFT: 1";

  record Order(int count, String name) {
    Order {
      if (count < 1) {
        throw new IllegalArgumentException("count (" + count + ") must be at least 1");
      }
    }
  }

  @TempDir Path folder;
  private TestServer web;

  @BeforeEach
  void start() throws IOException {
    web =
        new TestServer(
            folder,
            ServerAddress.loopback(0),
            List.of(
                routes ->
                    routes.post(
                        "/api/orders", context -> context.json(context.bodyAsClass(Order.class)))));
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private RawClient.Reply post(String path, String body) throws IOException {
    return web.client.post(path, body, web.bearer(), JSON, INTENT);
  }

  @Test
  void aBodyAboveTheLimitIsRefusedBeforeItIsRead() throws IOException {
    RawClient.Reply reply =
        web.client.sendBytes(
            ("POST /api/echo HTTP/1.1\r\nHost: 127.0.0.1:"
                    + web.port
                    + "\r\n"
                    + web.bearer()
                    + "\r\n"
                    + JSON
                    + "\r\n"
                    + INTENT
                    + "\r\nConnection: close\r\nContent-Length: 1000001\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
    assertEquals(413, reply.status());
    assertTrue(reply.body().contains("more than 1000000 bytes"), reply.body());
    assertEquals(200, post("/api/echo", " ".repeat(1_000_000)).status());
  }

  @Test
  void aBodyThatDoesNotSayItsLengthIsCutOffToo() throws IOException {
    assertEquals(413, chunked("/api/echo", JSON, 1_000_001).status());
    assertEquals(413, chunked("/api/uploads", BYTES, 3_000_001).status());
    assertEquals(200, chunked("/api/uploads", BYTES, 3_000_000).status());
  }

  private RawClient.Reply chunked(String path, String type, int bytes) throws IOException {
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + web.port
            + "\r\n"
            + web.bearer()
            + "\r\n"
            + type
            + "\r\n"
            + INTENT
            + "\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
    String chunk = Integer.toHexString(bytes) + "\r\n" + "x".repeat(bytes) + "\r\n0\r\n\r\n";
    return web.client.sendBytes((head + chunk).getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void whoStillSendsARefusedBodyGetsTheAnswer() throws IOException {
    String body = "x".repeat(30_000_000);
    assertEquals(413, web.client.post("/api/uploads", body, web.bearer(), BYTES, INTENT).status());
    assertEquals(413, post("/api/echo", body).status());
    assertEquals(
        415,
        web.client
            .post("/api/uploads", body, web.bearer(), "Content-Type: text/plain", INTENT)
            .status());
  }

  @Test
  void anUploadMayBeLargerAndNoForm() throws IOException {
    RawClient.Reply reply =
        web.client.post("/api/uploads", "x".repeat(2_000_000), web.bearer(), BYTES, INTENT);
    assertEquals("{\"bytes\":2000000}", reply.body());
    for (String type : List.of("multipart/form-data; boundary=x", "text/plain", "")) {
      assertEquals(
          415,
          web.client
              .post("/api/uploads", "x", web.bearer(), "Content-Type: " + type, INTENT)
              .status(),
          type);
    }
  }

  @Test
  void twoLengthsAreNone() throws IOException {
    RawClient.Reply reply =
        web.client.send(
            "POST /api/echo HTTP/1.1",
            "Host: 127.0.0.1:" + web.port,
            web.bearer(),
            JSON,
            INTENT,
            "Content-Length: 0",
            "Content-Length: 30");
    assertEquals(400, reply.status());
    RawClient.Reply both =
        web.client.send(
            "POST /api/echo HTTP/1.1",
            "Host: 127.0.0.1:" + web.port,
            web.bearer(),
            JSON,
            INTENT,
            "Transfer-Encoding: chunked",
            "Content-Length: 30");
    assertEquals(400, both.status());
  }

  @Test
  void aRecordComesBackAsItWent() throws IOException {
    String order = "{\"count\":2,\"name\":\"a\"}";
    assertEquals(order, post("/api/orders", order).body());
  }

  @Test
  void wrongJsonIsABadRequestInOneSentence() throws IOException {
    assertBad("", "JSON");
    assertBad("{", "no JSON");
    assertBad("null", "null");
    assertBad("{\"count\":2,\"name\":\"a\",\"more\":1}", "more");
    assertBad("{\"count\":0,\"name\":\"a\"}", "count (0) must be at least 1");
    assertBad("{\"count\":2,\"name\":\"a\"}{}", "");
    assertBad("[".repeat(100_000), "");
  }

  @Test
  void noTypeNamedInABodyIsMade() throws IOException {
    assertBad("{\"@class\":\"javax.swing.JEditorPane\",\"count\":2}", "@class");
    assertBad("[\"javax.swing.JEditorPane\",{\"count\":2}]", "");
    assertBad("\u0080\u0005cos\nsystem\n(S'true'\ntR.", "");
    assertBad("\u00ac\u00ed\u0000\u0005sr", "");
  }

  private void assertBad(String body, String part) throws IOException {
    RawClient.Reply reply = post("/api/orders", body);
    assertEquals(400, reply.status(), reply.toString());
    assertTrue(reply.body().startsWith("{\"error\":{"), reply.body());
    assertTrue(reply.body().contains(part), reply.body());
    assertFalse(reply.body().contains("rft.web"), reply.body());
  }

  @Test
  void aNumberThatIsNotFiniteIsNull() {
    record Numbers(double one, Double two, List<Double> list, Map<String, Double> map) {}
    double nan = Double.NaN;
    Numbers numbers =
        new Numbers(
            nan,
            Double.NEGATIVE_INFINITY,
            List.of(Double.POSITIVE_INFINITY, 0.1),
            Map.of("a", nan));
    assertEquals(
        "{\"one\":null,\"two\":null,\"list\":[null,0.1],\"map\":{\"a\":null}}",
        JacksonJson.text(numbers));
    assertEquals("[1.5,null]", JacksonJson.text(new double[] {1.5, nan}));
  }
}
