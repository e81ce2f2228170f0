package rft.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request must name this server: a site whose name leads here all of a sudden does not. */
final class HostTest {
  @TempDir Path folder;
  private TestServer web;

  @BeforeEach
  void start() throws IOException {
    web =
        new TestServer(
            folder,
            new ServerAddress(
                ServerAddress.LOOPBACK, 0, 1, List.of("lab.example", "proxy.example:8443"), false),
            List.of());
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private void assertRefused(Set<Integer> statuses, String version, String... hosts)
      throws IOException {
    for (String path : TestServer.CLASSES) {
      List<String> lines = new java.util.ArrayList<>();
      lines.add("GET " + path + " " + version);
      lines.addAll(List.of(hosts));
      lines.add(web.bearer());
      RawClient.Reply reply = web.client.send("", lines);
      assertTrue(statuses.contains(reply.status()), path + " " + lines + " " + reply);
      assertTrue(reply.body().contains("\"error\""), reply.toString());
      assertTrue(!reply.header("Content-Security-Policy").isEmpty(), reply.head());
    }
    assertEquals(List.of(), web.reached);
    assertEquals(List.of(), web.streams);
  }

  @Test
  void aForeignHostIsRefusedOnEveryClassOfRoute() throws IOException {
    assertRefused(Set.of(421), "HTTP/1.1", "Host: evil.example:" + web.port);
    assertRefused(Set.of(421), "HTTP/1.1", "Host: evil.example");
    assertRefused(Set.of(421), "HTTP/1.1", "Host: 127.0.0.1.evil.example:" + web.port);
    assertRefused(Set.of(421), "HTTP/1.1", "Host: 10.0.0.1:" + web.port);
  }

  @Test
  void aWrongPortIsRefusedOnEveryClassOfRoute() throws IOException {
    assertRefused(Set.of(421), "HTTP/1.1", "Host: 127.0.0.1:" + (web.port + 1));
    assertRefused(Set.of(421), "HTTP/1.1", "Host: 127.0.0.1");
    assertRefused(Set.of(421), "HTTP/1.1", "Host: proxy.example");
  }

  /** HTTP itself wants 400 for these; an old request may come without and gets 421. */
  @Test
  void aMissingHostIsRefusedOnEveryClassOfRoute() throws IOException {
    assertRefused(Set.of(400), "HTTP/1.1");
    assertRefused(Set.of(421), "HTTP/1.0");
    assertRefused(Set.of(400, 421), "HTTP/1.1", "Host:");
  }

  @Test
  void aDoubledHostIsRefusedOnEveryClassOfRoute() throws IOException {
    String good = "Host: 127.0.0.1:" + web.port;
    assertRefused(Set.of(400), "HTTP/1.1", good, "Host: evil.example");
    assertRefused(Set.of(400), "HTTP/1.1", "Host: evil.example", good);
    assertRefused(Set.of(400), "HTTP/1.1", good, good);
  }

  @Test
  void anAddressInTheRequestLineCannotNameAnotherHost() throws IOException {
    for (String host : List.of("127.0.0.1:" + web.port, "evil.example")) {
      RawClient.Reply reply =
          web.client.send(
              "GET http://evil.example/api/things HTTP/1.1", "Host: " + host, web.bearer());
      assertTrue(Set.of(400, 421).contains(reply.status()), reply.toString());
    }
    assertEquals(List.of(), web.reached);
  }

  @Test
  void aForwardedHostCountsForNothing() throws IOException {
    RawClient.Reply reply =
        web.client.send(
            "GET / HTTP/1.1",
            "Host: evil.example",
            "X-Forwarded-Host: 127.0.0.1:" + web.port,
            "Forwarded: host=127.0.0.1:" + web.port);
    assertEquals(421, reply.status());
  }

  @Test
  void itsOwnNamesAndThoseItWasGivenAreLetIn() throws IOException {
    for (String host :
        List.of(
            "127.0.0.1:" + web.port,
            "localhost:" + web.port,
            "LocalHost:" + web.port,
            "[::1]:" + web.port,
            "lab.example:" + web.port,
            "proxy.example:8443")) {
      RawClient.Reply reply = web.client.send("GET / HTTP/1.1", "Host: " + host);
      assertEquals(200, reply.status(), host);
    }
  }

  @Test
  void anUpgradeToAnotherProtocolIsRefusedToo() throws IOException {
    RawClient.Reply reply =
        web.client.send(
            "GET /api/things HTTP/1.1",
            "Host: evil.example",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Version: 13");
    assertEquals(421, reply.status());
  }

  @Test
  void aRefusedChangeIsWrittenDown() throws IOException {
    web.client.send("POST /api/things HTTP/1.1", "Host: evil.example", web.bearer());
    assertEquals(1, web.auditLines().size());
    assertTrue(web.auditLines().get(0).contains("\"result\":421"), web.auditLines().get(0));
  }
}
