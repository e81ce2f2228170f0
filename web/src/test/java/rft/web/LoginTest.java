package rft.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who may: a page that traded a code for a cookie, or a program that has the token. */
final class LoginTest {
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

  @Test
  void theApiIsClosedToWhoeverHasNeitherSessionNorToken() throws IOException {
    RawClient.Reply reply = web.client.get("/api/things");
    assertEquals(401, reply.status());
    assertEquals("Bearer", reply.header("WWW-Authenticate"));
    assertTrue(reply.body().contains("\"code\":\"unauthorized\""), reply.body());
    assertEquals(401, web.client.get("/api/stream").status());
    assertEquals(401, web.client.get("/v1/models").status());
    assertEquals(0, web.reached.size() + web.streams.size());
  }

  @Test
  void theTokenOpensTheApi() throws IOException {
    assertEquals(200, web.client.get("/api/things", web.bearer()).status());
    assertEquals(200, web.client.get("/v1/models", web.bearer()).status());
  }

  @Test
  void theFilesOfThePageAreOpenBecauseTheCodeArrivesWithThem() throws IOException {
    assertEquals(200, web.client.get("/").status());
    assertEquals(200, web.client.get("/assets/app.js").status());
  }

  @Test
  void aCodeWorksOnce() throws IOException {
    String code = web.server.newCode();
    RawClient.Reply first = web.login(code);
    assertEquals(204, first.status(), first.toString());
    String cookie = "Cookie: " + first.header("Set-Cookie").split(";", 2)[0];
    assertEquals(200, web.client.get("/api/things", cookie).status());
    assertEquals(401, web.login(code).status());
  }

  @Test
  void theCookieIsForThisServerAndOutOfReachOfScripts() throws IOException {
    String cookie = web.login(web.server.newCode()).header("Set-Cookie");
    assertTrue(cookie.startsWith("rft-" + web.port + "="), cookie);
    for (String part : new String[] {"HttpOnly", "SameSite=Strict", "Path=/"}) {
      assertTrue(cookie.contains("; " + part), cookie);
    }
    assertFalse(cookie.contains("Domain"), cookie);
    assertFalse(cookie.contains(web.token.reveal()), "the cookie holds the token");
  }

  @Test
  void aCookieOfAnotherServerOrAnotherTokenIsNone() throws IOException {
    String value = web.cookie().split("=", 2)[1];
    String name = "Cookie: rft-" + web.port + "=";
    assertEquals(200, web.client.get("/api/things", name + value).status());
    int last = value.length() - 1;
    String forged = value.substring(0, last) + (value.charAt(last) == '0' ? '1' : '0');
    assertEquals(401, web.client.get("/api/things", name + forged).status());
    assertEquals(401, web.client.get("/api/things", name).status());
    assertEquals(401, web.client.get("/api/things", name + "..").status());
    try (TestServer other = new TestServer(folder)) {
      String cookie = "Cookie: rft-" + other.port + "=" + value;
      assertEquals(401, other.client.get("/api/things", cookie).status());
    }
  }

  @Test
  void twoServersOfOneHostKeepTheirSessionsApart() throws IOException {
    try (TestServer other = new TestServer(folder)) {
      String both = web.cookie() + "; " + other.cookie().substring("Cookie: ".length());
      assertEquals(200, web.client.get("/api/things", both).status());
      assertEquals(200, other.client.get("/api/things", both).status());
    }
  }

  @Test
  void theTokenBuysNewCodesAndASessionDoesNot() throws IOException {
    String[] change = {"Content-Type: application/json", "X-RFT: 1", "Sec-Fetch-Site: same-origin"};
    RawClient.Reply code =
        web.client.post("/api/codes", "{}", web.bearer(), change[0], change[1], change[2]);
    assertEquals(200, code.status());
    assertEquals(204, web.login(code.body().split("\"")[3]).status());
    assertEquals(
        401,
        web.client
            .post("/api/codes", "{}", web.cookie(), change[0], change[1], change[2])
            .status());
  }

  @Test
  void programsNeverUseTheCookie() throws IOException {
    assertEquals(401, web.client.get("/v1/models", web.cookie()).status());
    assertEquals(
        401,
        web.client
            .post(
                "/v1/chat",
                "{}",
                web.cookie(),
                "Content-Type: application/json",
                "X-RFT: 1",
                "Sec-Fetch-Site: same-origin")
            .status());
    assertEquals(0, web.reached.size());
  }

  @Test
  void tooManyWrongTokensAreRefusedForAMinuteAndTheRightOneIsNot() throws IOException {
    for (int i = 0; i < FailureLimit.MOST; i++) {
      assertEquals(401, web.client.get("/api/things", "Authorization: Bearer wrong").status());
    }
    assertEquals(429, web.client.get("/api/things", "Authorization: Bearer wrong").status());
    assertEquals(429, web.client.get("/api/things", "Authorization: Basic wrong").status());
    assertEquals(200, web.client.get("/api/things", web.bearer()).status());
  }

  @Test
  void afterTooManyWrongCodesARightOneMustWaitToo() throws IOException {
    for (int i = 0; i < FailureLimit.MOST; i++) {
      assertEquals(401, web.login("0".repeat(64)).status());
    }
    String good = web.server.newCode();
    assertEquals(429, web.login(good).status());
    assertEquals(429, web.login("0".repeat(64)).status());
  }

  @Test
  void theTokenStandsInNoAnswerNoAddressAndNoAudit() throws IOException {
    StringBuilder said = new StringBuilder(web.server.url());
    said.append(web.login(web.server.newCode()));
    said.append(web.client.get("/api/things?token=x", web.bearer()));
    said.append(web.client.get("/api/missing", web.bearer()));
    said.append(web.client.get("/api/broken", web.bearer()));
    said.append(web.client.post("/api/things", "x", web.bearer()));
    said.append(Files.readString(web.audit));
    said.append(web.token);
    assertFalse(said.toString().contains(web.token.reveal()), said.toString());
    assertEquals(401, web.client.get("/api/things?token=" + web.token.reveal()).status());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theTokenIsKeptInAFileThatOnlyTheUserReads() throws IOException {
    Path file = folder.resolve("home/workbench.token");
    AccessToken first = AccessToken.in(file);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
    assertEquals(64, first.reveal().length());
    assertEquals(first.reveal(), AccessToken.in(file).reveal());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    AccessToken second = AccessToken.in(file);
    assertFalse(first.matches(second.reveal()), "a token that others could read was kept");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    Files.writeString(file, "damaged");
    assertEquals(64, AccessToken.in(file).reveal().length());
  }
}
