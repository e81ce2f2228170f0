package rft.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.GroupReward;
import rft.reward.Score;
import rft.reward.Verdict;

/** Raw sockets where a client of HTTP would repair a bad request. */
final class RewardServiceTest {
  private static final String TOKEN = RewardService.newToken();
  private static RewardService service;

  @BeforeAll
  static void start() throws IOException {
    service =
        new RewardService(
            new LambdaFunction(TestRewards.thirds(), Duration.ofSeconds(10), 2),
            0,
            Optional.of(TOKEN));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void aRewardServedGivesTheSameBitsAsTheRewardItself() throws Exception {
    List<Completion> group = TestRewards.group();
    List<Verdict> local = TestRewards.thirds().load().score(TestRewards.TASK, group);
    GroupReward remote =
        new RemoteLanguage(Map.of(RemoteLanguage.TOKEN, TOKEN))
            .load("remote", service.address() + "#batch=7&parallel=3");
    try (AutoCloseable held = (AutoCloseable) remote) {
      assertEquals(TestRewards.plain(local), remote.score(TestRewards.TASK, group));
    }
  }

  @Test
  void aRewardThatFailsOnOneRolloutFailsThereAlone() throws Exception {
    GroupReward remote =
        new RemoteLanguage(Map.of(RemoteLanguage.TOKEN, TOKEN))
            .load("remote", service.address().toString());
    try (AutoCloseable held = (AutoCloseable) remote) {
      List<Verdict> verdicts =
          remote.score(TestRewards.TASK, List.of(Completion.of("it is 3"), Completion.of("throw")));

      assertEquals(1 / 3.0, ((Score) verdicts.get(0)).value());
      assertEquals(Failure.Kind.EXCEPTION, ((Failure) verdicts.get(1)).kind());
      assertTrue(((Failure) verdicts.get(1)).detail().contains("asked to"));
    }
  }

  @Test
  void withoutItsTokenItAnswersNothing() throws Exception {
    GroupReward remote = new RemoteLanguage(Map.of()).load("remote", service.address().toString());
    try (AutoCloseable held = (AutoCloseable) remote) {
      Failure failure =
          (Failure) remote.score(TestRewards.TASK, List.of(Completion.of("it is 3"))).get(0);

      assertEquals(Failure.Kind.SERVICE, failure.kind());
      assertTrue(failure.detail().endsWith("answered 401: set RFT_REWARD_TOKEN to its token"));
    }
  }

  @Test
  void aDocumentedEventGetsTheDocumentedReply() throws IOException {
    String event =
        """
        [{"id":"123","messages":[{"role":"user","content":"1+2?"},{"role":"assistant","content":"3"}],
          "metadata":{"reference_answer":"3"}}]\
        """;

    assertEquals(
        "[{\"id\":\"123\",\"aggregate_reward_score\":0.3333333333333333,\"metrics_list\":["
            + "{\"name\":\"near\",\"value\":0.3333333333333333,\"type\":\"Reward\"},"
            + "{\"name\":\"words\",\"value\":1.0,\"type\":\"Metric\"}]}]",
        body(post(host(), "application/json", TOKEN, event)));
  }

  @Test
  void whatIsNoEventIsNamed() throws IOException {
    String reply = post(host(), "application/json", TOKEN, "[{}]");

    assertTrue(reply.startsWith("HTTP/1.1 400"), reply);
    assertEquals(
        "{\"errorType\":\"UNREADABLE\",\"errorMessage\":\"element 1 of the event has no"
            + " \\\"messages\\\": add the prompt and the response\"}",
        body(reply));
  }

  @Test
  void onlyItsOwnHostIsServed() throws IOException {
    int port = service.address().getPort();
    for (String host :
        List.of("evil.example", "evil.example:" + port, "127.0.0.1:1", "127.0.0.1", "")) {
      assertStatus(421, post("Host: " + host + "\r\n", "application/json", TOKEN, "[]"));
    }
    assertStatus(421, post(host() + host(), "application/json", TOKEN, "[]"));
    assertStatus(421, post("", "application/json", TOKEN, "[]"));
    assertStatus(200, post("Host: localhost:" + port + "\r\n", "application/json", TOKEN, "[]"));
  }

  @Test
  void aWebPageCannotCallIt() throws IOException {
    assertStatus(415, post(host(), "text/plain", TOKEN, "[]"));
    assertStatus(
        403, post(host() + "Origin: http://127.0.0.1\r\n", "application/json", TOKEN, "[]"));
    assertStatus(405, raw("GET / HTTP/1.1\r\n" + host() + "Connection: close\r\n\r\n"));
    assertStatus(404, raw("POST /x HTTP/1.1\r\n" + host() + "Connection: close\r\n\r\n"));
  }

  @Test
  void anEventIsCappedAndReadNoFurther() throws IOException {
    String head =
        "POST / HTTP/1.1\r\n"
            + host()
            + "Content-Type: application/json\r\nAuthorization: Bearer "
            + TOKEN
            + "\r\nConnection: close\r\nContent-Length: ";
    String body = " ".repeat(RewardService.MAX_BYTES + 1);

    assertStatus(413, raw(head + body.length() + "\r\n\r\n" + body));
  }

  @Test
  void wrongTokensSoonHaveToWaitButTheRightOneDoesNot() throws IOException {
    try (RewardService own =
        new RewardService(
            new LambdaFunction(TestRewards.thirds(), Duration.ofSeconds(10), 1),
            0,
            Optional.of(TOKEN))) {
      String host = "Host: 127.0.0.1:" + own.address().getPort() + "\r\n";
      int port = own.address().getPort();
      String wrong = request(host, "application/json", "guess", "[]");
      for (int i = 0; i < ServiceGate.MOST_WRONG_TOKENS; i++) {
        assertStatus(401, raw(port, wrong));
      }
      assertStatus(429, raw(port, wrong));
      assertStatus(200, raw(port, request(host, "application/json", TOKEN, "[]")));
    }
  }

  @Test
  void noTokenIsLikeAnother() {
    assertTrue(TOKEN.matches("[0-9a-f]{64}"));
    assertTrue(!TOKEN.equals(RewardService.newToken()));
  }

  private static String host() {
    return "Host: 127.0.0.1:" + service.address().getPort() + "\r\n";
  }

  private static String post(String host, String type, String token, String body)
      throws IOException {
    return raw(request(host, type, token, body));
  }

  private static String request(String host, String type, String token, String body) {
    return "POST / HTTP/1.1\r\n"
        + host
        + "Content-Type: "
        + type
        + "\r\nAuthorization: Bearer "
        + token
        + "\r\nConnection: close\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String raw(String request) throws IOException {
    return raw(service.address().getPort(), request);
  }

  private static String raw(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static String body(String response) {
    return response.substring(response.indexOf("\r\n\r\n") + 4);
  }

  private static void assertStatus(int status, String response) {
    assertTrue(response.startsWith("HTTP/1.1 " + status), response);
  }
}
