package rft.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only the server's own page, or a holder of the token, changes anything. */
final class ChangeTest {
  private static final String JSON = "Content-Type: application/json";
  private static final String INTENT = "X-RFT: 1";
  private static final String OWN = "Sec-Fetch-Site: same-origin";

  @TempDir Path folder;
  private TestServer web;
  private String cookie;

  @BeforeEach
  void start() throws IOException {
    web = new TestServer(folder);
    cookie = web.cookie();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private int post(String path, String... lines) throws IOException {
    return web.client.post(path, "{}", lines).status();
  }

  private void assertRefused(int status, String... lines) throws IOException {
    List<String> all = new ArrayList<>(List.of(lines));
    all.add(cookie);
    assertEquals(status, post("/api/things", all.toArray(String[]::new)), all.toString());
    assertEquals(List.of(), web.reached, all.toString());
  }

  @Test
  void thePageChangesThingsWithJsonItsHeaderAndItsOrigin() throws IOException {
    assertEquals(200, post("/api/things", cookie, JSON, INTENT, OWN));
    String origin = "Origin: http://127.0.0.1:" + web.port;
    assertEquals(200, post("/api/things", cookie, JSON + "; charset=utf-8", INTENT, origin));
    RawClient.Reply deleted =
        web.client.send(
            "DELETE /api/things/a HTTP/1.1", "Host: 127.0.0.1:" + web.port, cookie, INTENT, OWN);
    assertEquals(200, deleted.status());
  }

  @Test
  void aFormIsRefused() throws IOException {
    assertRefused(403, "Content-Type: application/x-www-form-urlencoded", OWN);
    assertRefused(415, "Content-Type: application/x-www-form-urlencoded", OWN, INTENT);
    assertRefused(415, "Content-Type: multipart/form-data; boundary=x", OWN, INTENT);
  }

  @Test
  void aBodyOfTextIsRefused() throws IOException {
    assertRefused(415, "Content-Type: text/plain", OWN, INTENT);
    assertRefused(415, OWN, INTENT);
    assertRefused(415, "Content-Type: text/plain; application/json", OWN, INTENT);
  }

  @Test
  void aPageOfAnotherSiteIsRefused() throws IOException {
    assertRefused(403, JSON, INTENT, "Sec-Fetch-Site: cross-site");
    // Another port of this machine is the same site to a browser, and gets our cookie.
    assertRefused(403, JSON, INTENT, "Sec-Fetch-Site: same-site");
    assertRefused(403, JSON, INTENT, "Origin: http://evil.example");
    assertRefused(403, JSON, INTENT, "Origin: null");
    assertRefused(403, JSON, INTENT, "Origin: http://127.0.0.1:" + (web.port + 1));
    assertRefused(403, JSON, INTENT, OWN, "Origin: http://evil.example");
  }

  @Test
  void aPageThatDoesNotSayWhereItIsFromIsRefused() throws IOException {
    assertRefused(403, JSON, INTENT);
  }

  @Test
  void withoutOurHeaderNothingChanges() throws IOException {
    assertRefused(403, JSON, OWN);
  }

  @Test
  void aPageOfAnotherSiteCannotEvenReadOrListen() throws IOException {
    for (String site : List.of("cross-site", "same-site")) {
      String from = "Sec-Fetch-Site: " + site;
      assertEquals(403, web.client.get("/api/things", cookie, from).status());
      assertEquals(403, web.client.get("/api/stream", cookie, from).status());
      assertEquals(403, web.client.get("/v1/models", web.bearer(), from).status());
    }
    assertEquals(0, web.reached.size() + web.streams.size());
  }

  @Test
  void noOtherOriginIsEverAllowed() throws IOException {
    RawClient.Reply asked =
        web.client.send(
            "OPTIONS /api/things HTTP/1.1",
            "Host: 127.0.0.1:" + web.port,
            "Origin: http://evil.example",
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: x-rft");
    assertTrue(asked.status() >= 400, asked.head());
    RawClient.Reply read = web.client.get("/", "Origin: http://evil.example");
    for (RawClient.Reply reply : List.of(asked, read)) {
      assertTrue(!reply.head().toLowerCase(Locale.ROOT).contains("access-control"), reply.head());
    }
  }

  @Test
  void aProgramWithTheTokenNeedsNoOriginButTheHeaderAndJson() throws IOException {
    assertEquals(200, post("/api/things", web.bearer(), JSON, INTENT));
    assertEquals(403, post("/api/things", web.bearer(), JSON));
    assertEquals(415, post("/api/things", web.bearer(), INTENT));
  }

  @Test
  void aClientOfOpenAiNeedsTheTokenAndJsonOnly() throws IOException {
    assertEquals(200, post("/v1/chat", web.bearer(), JSON));
    assertEquals(415, post("/v1/chat", web.bearer(), "Content-Type: text/plain"));
    assertEquals(403, post("/v1/chat", web.bearer(), JSON, "Origin: http://evil.example"));
  }

  @Test
  void eachChangeAddsOneLineToTheAuditAlsoWhenRefused() throws IOException {
    int before = web.auditLines().size();
    post("/api/things", cookie, JSON, INTENT, OWN);
    post("/api/things", JSON, INTENT, OWN);
    post("/api/things", web.bearer(), JSON, INTENT);
    post("/api/things", cookie, JSON, OWN);
    post("/api/ask", cookie, JSON, INTENT, OWN);
    web.client.get("/api/things", cookie);
    List<String> lines = web.auditLines().subList(before, web.auditLines().size());
    assertEquals(4, lines.size(), lines.toString());
    assertTrue(
        lines.get(0).contains("\"who\":\"page\",\"what\":\"POST /api/things\",\"result\":200"));
    assertTrue(lines.get(1).contains("\"who\":\"nobody\""), lines.get(1));
    assertTrue(lines.get(1).contains("\"result\":401,\"why\":\"no session"), lines.get(1));
    assertTrue(lines.get(2).contains("\"who\":\"token\""), lines.get(2));
    assertTrue(lines.get(3).contains("\"result\":403,\"why\":\"the header X-RFT"), lines.get(3));
    assertTrue(lines.get(0).matches("\\{\"at\":\"\\d{4}-.*Z\".*"), lines.get(0));
  }
}
