package rft.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import rft.run.RunHome;
import rft.web.AccessToken;
import rft.web.AuditLog;
import rft.web.LocalServer;
import rft.web.ServerAddress;
import rft.web.ServerSettings;

/** A server with the addresses of this package, and a client of it. */
final class LivePage implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private final AccessToken token = AccessToken.random();

  private final LiveRuns runs;

  private LivePage(RunHome home, Clock clock) throws IOException {
    AuditLog audit = new AuditLog(home.root().resolve("audit.jsonl"));
    runs = LiveRuns.open(home, RunLog.NONE, clock);
    server =
        LocalServer.start(
            ServerSettings.forPages(ServerAddress.loopback(0), token, audit),
            List.of(
                new Refusals(home),
                runs,
                new LiveStream(List.of(runs)),
                new RolloutRoutes(home),
                new HealthRoutes(home)));
  }

  static LivePage open(RunHome home) throws IOException {
    return open(home, Clock.systemUTC());
  }

  static LivePage open(RunHome home, Clock clock) throws IOException {
    return new LivePage(home, clock);
  }

  String url() {
    return server.url();
  }

  String token() {
    return token.reveal();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Authorization", "Bearer " + token.reveal())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Asks as a browser does, which takes an answer compressed; returns it unpacked. */
  String unzipped(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", "Bearer " + token.reveal())
                .header("Accept-Encoding", "gzip")
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(path + " gave " + answer.statusCode());
    }
    byte[] body = answer.body();
    if (answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip")) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Changes something as the page does. */
  HttpResponse<String> change(String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Authorization", "Bearer " + token.reveal())
            .header("X-RFT", "1")
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    if (answer.statusCode() != 200) {
      throw new IOException(path + " gave " + answer.statusCode() + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** Asks until the answer fits: the list may be as old as a look at it takes. */
  JsonNode jsonOnce(String path, Predicate<JsonNode> fits)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + 20_000_000_000L;
    JsonNode answer = json(path);
    while (!fits.test(answer)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(path + " stays " + answer);
      }
      Thread.sleep(20);
      answer = json(path);
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    server.close();
    runs.close();
  }
}
