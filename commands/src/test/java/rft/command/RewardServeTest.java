package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class RewardServeTest {
  private static final String EVENT =
      """
      [{"id":"7","messages":[{"role":"user","content":"1+2?"},{"role":"assistant","content":"3"}],
        "metadata":{"reference_answer":"3"}}]\
      """;

  @TempDir Path home;
  private final String before = System.getProperty("rft.home", "");

  @BeforeEach
  void useHome() {
    System.setProperty("rft.home", home.toString());
  }

  @AfterEach
  void restoreHome() {
    if (before.isEmpty()) {
      System.clearProperty("rft.home");
    } else {
      System.setProperty("rft.home", before);
    }
  }

  /** A caller that sends one event as soon as the service says where it is, and then stops it. */
  private static final class OneCall implements Progress {
    private final List<String> said = new ArrayList<>();
    private Optional<HttpResponse<String>> response = Optional.empty();
    private String permissions = "";

    @Override
    public void report(Update update) {}

    @Override
    public void say(String sentence) {
      said.add(sentence);
    }

    @Override
    public boolean stopRequested() {
      Matcher address = Pattern.compile("http://\\S+").matcher(said.get(0));
      Matcher file = Pattern.compile("cat '(.*)'").matcher(said.get(1));
      assertTrue(address.find());
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(address.group()))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(EVENT));
      try {
        if (file.find()) {
          Path token = Path.of(file.group(1));
          request.header("Authorization", "Bearer " + Files.readString(token).strip());
          if (Files.getFileStore(token).supportsFileAttributeView("posix")) {
            permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(token));
          }
        }
        response =
            Optional.of(
                HttpClient.newHttpClient()
                    .send(request.build(), HttpResponse.BodyHandlers.ofString()));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      return true;
    }
  }

  @Test
  void aRewardIsServedWithATokenInAFileThatOnlyTheUserReads() throws Exception {
    OneCall call = new OneCall();

    RewardServe.Served served = verb("exact-match").run(call);

    assertEquals(200, call.response.orElseThrow().statusCode());
    assertEquals(
        "[{\"id\":\"7\",\"aggregate_reward_score\":1.0,\"metrics_list\":[]}]",
        call.response.orElseThrow().body());
    assertTrue(call.permissions.isEmpty() || call.permissions.equals("rw-------"));
    assertEquals(new RewardServe.Served("exact-match", 1, 0, false, false), served);
    assertEquals(ExitCode.OK, served.exitCode());
    assertEquals(ExitCode.FAILED, new RewardServe.Served("r", 2, 1, true, true).exitCode());
    assertEquals(Optional.of("exact-match answered 1 event, 0 with an error"), served.text());
    try (var files = Files.list(home.resolve("serve"))) {
      assertEquals(0, files.count(), "the token outlives its service");
    }
  }

  @Test
  void withoutATokenItSaysSo() throws Exception {
    OneCall call = new OneCall();

    verb("exact-match", "--no-token").run(call);

    assertEquals(200, call.response.orElseThrow().statusCode());
    assertEquals("every program of this machine may call it", call.said.get(1));
    assertFalse(Files.exists(home.resolve("serve")));
  }

  @Test
  void aTakenPortIsOneSentence() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      String port = "--port=" + taken.getLocalPort();

      CommandException refused =
          assertThrows(
              CommandException.class, () -> verb("exact-match", port).run(Progress.SILENT));

      assertTrue(String.valueOf(refused.getMessage()).contains("is taken"));
    }
  }

  @Test
  void aWrongOptionIsRefused() {
    assertThrows(
        CommandException.class, () -> verb("exact-match", "--parallel=0").run(Progress.SILENT));
  }

  private static RewardServe verb(String... arguments) {
    RewardServe verb = new RewardServe();
    new CommandLine(verb).parseArgs(arguments);
    return verb;
  }
}
