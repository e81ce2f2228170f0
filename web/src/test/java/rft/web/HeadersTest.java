package rft.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The headers that every answer has, whatever was asked and whatever came of it. */
final class HeadersTest {
  private static final Map<String, String> EXPECTED =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
              + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  @TempDir Path folder;

  private static void assertHeaders(RawClient.Reply reply) {
    EXPECTED.forEach((name, value) -> assertEquals(value, reply.header(name), reply.head()));
    assertEquals("", reply.header("Server"), "the server says what it is");
    assertEquals("", reply.header("X-Powered-By"));
  }

  @Test
  void everyClassOfRouteHasThem() throws IOException {
    try (TestServer web = new TestServer(folder)) {
      for (String path : List.of("/", "/assets/app.js", "/api/things", "/v1/models")) {
        RawClient.Reply reply = web.client.get(path, web.bearer());
        assertEquals(200, reply.status(), path);
        assertHeaders(reply);
      }
    }
  }

  @Test
  void everyRefusalHasThem() throws IOException {
    try (TestServer web = new TestServer(folder)) {
      String host = "Host: 127.0.0.1:" + web.port;
      assertRefusal(401, web.client.get("/api/things"));
      assertRefusal(404, web.client.get("/api/missing/a/b", web.bearer()));
      assertRefusal(405, web.client.send("PUT /api/things HTTP/1.1", host, web.bearer()));
      assertRefusal(405, web.client.send("HEAD / HTTP/1.1", host));
      assertRefusal(500, web.client.get("/api/broken", web.bearer()));
      assertRefusal(421, web.client.send("GET / HTTP/1.1", "Host: evil.example"));
      assertRefusal(400, web.client.get("/../etc/passwd"));
      assertRefusal(400, web.client.sendBytes("nonsense\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
      assertRefusal(431, web.client.get("/", "X-Long: " + "x".repeat(20_000)));
    }
  }

  private static void assertRefusal(int status, RawClient.Reply reply) {
    assertEquals(status, reply.status(), reply.toString());
    assertHeaders(reply);
    if (!reply.head().contains("HEAD")) {
      assertTrue(reply.body().isEmpty() || reply.body().contains("{\"error\":{"), reply.toString());
    }
  }

  @Test
  void aProxyMayBeAllowedToShowThePageInAFrame() throws IOException {
    ServerSettings settings =
        ServerSettings.forPrograms(ServerAddress.loopback(0), AccessToken.random())
            .withFrameAncestors("'self' https://hub.example");
    try (LocalServer server = LocalServer.start(settings, List.of())) {
      int port = java.net.URI.create(server.url()).getPort();
      String policy = new RawClient(port).get("/").header("Content-Security-Policy");
      assertTrue(policy.endsWith("; frame-ancestors 'self' https://hub.example"), policy);
    }
  }
}
