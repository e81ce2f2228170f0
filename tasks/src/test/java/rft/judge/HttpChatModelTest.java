package rft.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rft.dataset.Message;
import rft.reward.Failure;

/** The client against a real loopback server. */
final class HttpChatModelTest {
  private static final String KEY = "sk-secret-1234";
  private static final Retry QUICK = new Retry(3, Duration.ofMillis(1), Duration.ofSeconds(2));
  private static final ChatRequest HELLO =
      new ChatRequest(
          List.of(Message.system("Judge."), Message.user("Hello")),
          Map.of("temperature", DoubleNode.valueOf(0), "seed", IntNode.valueOf(7)));

  private static HttpChatModel model(ScriptedEndpoint at) {
    return model(at, null);
  }

  private static HttpChatModel model(ScriptedEndpoint at, String keyVariable) {
    return new HttpChatModel(
        ChatEndpoint.of(at.url(), "m", keyVariable).withRetry(QUICK),
        name -> name.equals("MY_KEY") ? KEY : null);
  }

  private static ChatException failed(HttpChatModel model) {
    return assertThrows(ChatException.class, () -> model.ask(HELLO));
  }

  @Test
  void asksAndReadsTheAnswerWithItsTokensAndCost() throws Exception {
    try (ScriptedEndpoint at = new ScriptedEndpoint(ScriptedEndpoint.says("fine"))) {
      HttpChatModel model =
          new HttpChatModel(
              ChatEndpoint.of(at.url() + "/", "m", null).withPrices(new Prices(2, 0.5, 8)));
      ChatReply reply = model.ask(HELLO);
      assertEquals("fine", reply.text());
      assertEquals("m-2026", reply.model());
      // 60 tokens at 2, 40 at 0.5, 10 at 8 dollars for a million.
      assertEquals(220e-6, reply.usage().costUsd(), 1e-12);
      assertEquals(220e-6, model.meter().read().usage().costUsd(), 1e-12);
      ScriptedEndpoint.Seen seen = at.seen().get(0);
      assertEquals("/v1/chat/completions", seen.path());
      assertEquals("m", seen.body().path("model").asText());
      assertEquals("system", seen.body().path("messages").path(0).path("role").asText());
      assertEquals(7, seen.body().path("seed").asInt());
      assertEquals("", seen.authorization());
    }
  }

  @Test
  void aContentInBlocksIsJoined() throws Exception {
    String body =
        "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
            + "{\"type\":\"text\",\"text\":\"b\"}]}}]}";
    try (ScriptedEndpoint at = new ScriptedEndpoint(ScriptedEndpoint.json(200, body))) {
      assertEquals("ab", model(at).ask(HELLO).text());
    }
  }

  @Test
  void theKeyTravelsInTheHeaderAndIsNeverRepeated() throws Exception {
    try (ScriptedEndpoint at =
        new ScriptedEndpoint(
            ScriptedEndpoint.says("fine"),
            ScriptedEndpoint.json(401, "{\"error\":{\"message\":\"bad key " + KEY + "\"}}"))) {
      HttpChatModel model = model(at, "MY_KEY");
      model.ask(HELLO);
      assertEquals("Bearer " + KEY, at.seen().get(0).authorization());
      ChatException e = failed(model);
      assertEquals(Failure.Kind.SERVICE, e.kind());
      assertTrue(e.getMessage().contains("bad key ***"), e.getMessage());
      assertTrue(e.getMessage().contains("check the key in MY_KEY"), e.getMessage());
      assertFalse(model.endpoint().toString().contains(KEY));
    }
  }

  @Test
  void aMissingKeyIsNamedAndNothingIsSent() throws Exception {
    try (ScriptedEndpoint at = new ScriptedEndpoint(ScriptedEndpoint.says("fine"))) {
      ChatException e = failed(model(at, "OTHER_KEY"));
      assertTrue(e.getMessage().contains("OTHER_KEY"), e.getMessage());
      assertEquals(List.of(), at.seen());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://example.org/v1", "http://127.0.0.1.example.org", "http://[fe80::1]"})
  void noKeyGoesOverPlainHttpToAnotherMachine(String url) {
    assertThrows(IllegalArgumentException.class, () -> ChatEndpoint.of(url, "m", "MY_KEY"));
    ChatEndpoint.of(url, "m", null);
    ChatEndpoint.of(url.replace("http:", "https:"), "m", "MY_KEY");
    ChatEndpoint.of("http://[::1]:8000/v1", "m", "MY_KEY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://x/v1", "example.org", "http://u:p@x/v1", "http://x/v1?key=1", "::"})
  void whatIsNoBaseAddressIsRefused(String url) {
    assertThrows(IllegalArgumentException.class, () -> ChatEndpoint.of(url, "m", null));
  }

  @Test
  void aKeyInPlaceOfItsVariableIsRefusedWithoutRepeatingIt() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> ChatEndpoint.of("https://x/v1", "m", KEY));
    assertFalse(String.valueOf(e.getMessage()).contains(KEY));
  }

  @ParameterizedTest
  @CsvSource({"429,THROTTLED", "503,SERVICE", "500,SERVICE", "408,SERVICE"})
  void whatPassesIsAskedAgainAndNamedWhenItDoesNotPass(int status, Failure.Kind kind)
      throws Exception {
    try (ScriptedEndpoint at =
        new ScriptedEndpoint(
            ScriptedEndpoint.json(status, "{}"),
            ScriptedEndpoint.json(status, "{}"),
            ScriptedEndpoint.says("fine"),
            ScriptedEndpoint.json(status, "{\"error\":{\"message\":\"busy\"}}"))) {
      HttpChatModel model = model(at);
      assertEquals("fine", model.ask(HELLO).text());
      assertEquals(2, model.meter().read().retries());
      ChatException e = failed(model);
      assertEquals(kind, e.kind());
      assertTrue(e.getMessage().contains("busy, after 4 tries"), e.getMessage());
      assertEquals(7, at.seen().size());
      assertEquals(Map.of(kind, 1), model.meter().read().failures());
    }
  }

  @Test
  void retryAfterIsWaitedForAndTooLongAWaitIsGivenUp() throws Exception {
    try (ScriptedEndpoint at =
        new ScriptedEndpoint(
            ScriptedEndpoint.later(429, "0.2"),
            ScriptedEndpoint.says("fine"),
            ScriptedEndpoint.later(429, "60"))) {
      HttpChatModel model = model(at);
      long start = System.nanoTime();
      model.ask(HELLO);
      assertTrue(System.nanoTime() - start >= 200_000_000L);
      ChatException e = failed(model);
      assertTrue(e.getMessage().contains("asks to wait 60 s"), e.getMessage());
      assertEquals(3, at.seen().size());
    }
    assertEquals(Optional.of(Duration.ZERO), HttpChatModel.waitOf("Wed, 21 Oct 2015 07:28:00 GMT"));
    assertEquals(Optional.empty(), HttpChatModel.waitOf("soon"));
  }

  @Test
  void waitsDoubleUpToTheLongestAndSpreadOverHalf() {
    Retry retry = new Retry(5, Duration.ofSeconds(1), Duration.ofSeconds(3));
    assertEquals(Optional.of(Duration.ofMillis(500)), retry.waitBefore(0, Optional.empty(), 0));
    assertEquals(Optional.of(Duration.ofSeconds(2)), retry.waitBefore(1, Optional.empty(), 1));
    assertEquals(Optional.of(Duration.ofSeconds(3)), retry.waitBefore(4, Optional.empty(), 1));
    assertEquals(Optional.empty(), retry.waitBefore(5, Optional.empty(), 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200|{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"I will not\"}}]}|REFUSED",
        "200|{\"choices\":[{\"message\":{\"content\":\"\"},\"finish_reason\":\"content_filter\"}]}|REFUSED",
        "400|{\"error\":{\"code\":\"content_filter\",\"message\":\"no\"}}|REFUSED",
        "200|{\"choices\":[{\"message\":{\"content\":\"{\"},\"finish_reason\":\"length\"}]}|TRUNCATED",
        "200|{\"choices\":[{\"message\":{\"content\":null}}]}|UNREADABLE",
        "200|{\"choices\":[]}|UNREADABLE",
        "200|<html>|UNREADABLE",
        "200|{\"error\":{\"message\":\"no such model\"},\"choices\":[]}|SERVICE",
        "404|{\"error\":\"model not found\"}|SERVICE",
        "302||SERVICE",
        "429|{\"error\":{\"code\":\"insufficient_quota\"}}|SERVICE"
      })
  void whatIsFinalIsTypedAndNotAskedAgain(int status, String body, Failure.Kind kind)
      throws Exception {
    try (ScriptedEndpoint at =
        new ScriptedEndpoint(
            new ScriptedEndpoint.Answer(
                status, Map.of("Location", "/elsewhere"), body == null ? "" : body, 0))) {
      assertEquals(kind, failed(model(at)).kind());
      assertEquals(1, at.seen().size());
    }
  }

  @Test
  void aSlowAnswerIsATimeOut() throws Exception {
    try (ScriptedEndpoint at =
        new ScriptedEndpoint(new ScriptedEndpoint.Answer(200, Map.of(), "{}", 5_000))) {
      HttpChatModel model =
          new HttpChatModel(
              ChatEndpoint.of(at.url(), "m", null).withTimeout(Duration.ofMillis(100)));
      assertEquals(Failure.Kind.TIMEOUT, failed(model).kind());
    }
  }

  @Test
  void anEndlessAnswerIsBrokenOff() throws Exception {
    String body = "\"" + "x".repeat(LimitedBody.MOST_BYTES + 1) + "\"";
    try (ScriptedEndpoint at = new ScriptedEndpoint(ScriptedEndpoint.json(200, body))) {
      ChatException e = failed(model(at));
      assertEquals(Failure.Kind.UNREADABLE, e.kind());
      assertTrue(e.getMessage().contains("longer than"), e.getMessage());
    }
  }

  @Test
  void whereNothingListensIsSaid() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    HttpChatModel model =
        new HttpChatModel(
            ChatEndpoint.of("http://127.0.0.1:" + free, "m", null).withRetry(Retry.NEVER));
    ChatException e = failed(model);
    assertEquals(Failure.Kind.SERVICE, e.kind());
    assertTrue(e.getMessage().contains("nothing answers at"), e.getMessage());
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    try (ScriptedEndpoint at =
        new ScriptedEndpoint(new ScriptedEndpoint.Answer(200, Map.of(), "{}", 10_000))) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread asker =
          new Thread(
              () -> {
                try {
                  model(at).ask(HELLO);
                } catch (ChatException | InterruptedException e) {
                  thrown.set(e);
                }
              });
      asker.start();
      while (at.seen().isEmpty()) {
        Thread.sleep(5);
      }
      asker.interrupt();
      asker.join(5_000);
      assertTrue(thrown.get() instanceof InterruptedException, String.valueOf(thrown.get()));
    }
  }

  @Test
  void noMoreThanTheLimitAreAskedAtOnce() throws Exception {
    ScriptedEndpoint.Answer slow =
        new ScriptedEndpoint.Answer(200, Map.of(), ScriptedEndpoint.says("x").body(), 150);
    try (ScriptedEndpoint at = new ScriptedEndpoint(slow)) {
      HttpChatModel model =
          new HttpChatModel(ChatEndpoint.of(at.url(), "m", null).withConcurrency(2));
      List<Thread> askers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Thread asker = new Thread(() -> assertEquals("x", askQuietly(model)));
        asker.start();
        askers.add(asker);
      }
      while (at.seen().size() < 2) {
        Thread.sleep(2);
      }
      Thread.sleep(40);
      assertEquals(2, at.seen().size());
      for (Thread asker : askers) {
        asker.join();
      }
      assertEquals(4, at.seen().size());
      assertEquals(4, model.meter().read().asked());
    }
  }

  private static String askQuietly(HttpChatModel model) {
    try {
      return model.ask(HELLO).text();
    } catch (ChatException | InterruptedException e) {
      return String.valueOf(e);
    }
  }
}
