package rft.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A path that could mean another one reaches no handler, however it is written. */
final class PathTest {
  @TempDir Path folder;
  private TestServer web;

  @BeforeEach
  void start() throws IOException {
    web = new TestServer(folder);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private void assertRefused(String path) throws IOException {
    RawClient.Reply reply = web.client.get(path, web.bearer());
    assertTrue(reply.status() == 400 || reply.status() == 404, path + " " + reply);
    assertFalse(reply.body().contains(path) && path.contains(".."), reply.body());
    assertEquals(List.of(), web.reached, path);
  }

  @Test
  void dotsInAnyWriting() throws IOException {
    for (String start : List.of("/assets/", "/api/things/", "/")) {
      assertRefused(start + "../../etc/passwd");
      assertRefused(start + "..%2f..%2fetc/passwd");
      assertRefused(start + "%2e%2e/%2E%2E/etc/passwd");
      assertRefused(start + "%252e%252e%252fetc%252fpasswd");
      assertRefused(start + "..;/etc/passwd");
      assertRefused(start + "./a");
      assertRefused(start + "..");
    }
  }

  @Test
  void backslashes() throws IOException {
    assertRefused("/assets/..\\..\\windows\\win.ini");
    assertRefused("/assets/..%5c..%5cwindows%5cwin.ini");
  }

  @Test
  void nulsControlsAndOverlongUtf8() throws IOException {
    assertRefused("/assets/app.js%00.png");
    assertRefused("/assets/a%0d%0aSet-Cookie:%20x=1");
    assertRefused("/assets/%c0%ae%c0%ae/%c0%afetc/passwd");
    assertRefused("/assets/%e0%80%ae/passwd");
    assertRefused("/assets/%u002e%u002e/passwd");
    assertRefused("/assets/%zz");
    assertRefused("/assets/%2");
    RawClient.Reply raw =
        web.client.sendBytes(
            ("GET /assets/\0 HTTP/1.1\r\nHost: 127.0.0.1:"
                    + web.port
                    + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(400, raw.status());
  }

  @Test
  void absoluteAndEmptySegments() throws IOException {
    assertRefused("//etc/passwd");
    assertRefused("/assets//etc/passwd");
    assertRefused("/assets/%2fetc/passwd");
    assertRefused("/api//things");
  }

  @Test
  void anotherWritingOfAnAddressOpensNoDoor() throws IOException {
    for (String path : List.of("/%61pi/things", "/API/things", "/api/things/", "/api/./things")) {
      RawClient.Reply reply = web.client.get(path);
      assertTrue(reply.status() >= 400, path + " " + reply);
    }
    assertEquals(List.of(), web.reached);
  }

  @Test
  void plainPathsAndTheNamesOfModelsPass() throws IOException {
    for (String path :
        List.of(
            "/api/things/addition-20261124-213012-3f2a", "/api/things/ft%3Abase:run:ckpt-step-3")) {
      assertEquals(200, web.client.get(path, web.bearer()).status(), path);
    }
  }
}
