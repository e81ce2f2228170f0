package rft.playground;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import rft.live.Refusals;
import rft.run.RunHome;
import rft.web.AccessToken;
import rft.web.AuditLog;
import rft.web.LocalServer;
import rft.web.ServerAddress;
import rft.web.ServerSettings;

/** A server with the addresses of this package, and a client of it. */
final class PlaygroundClient implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  final AccessToken token = AccessToken.random();
  private final Playground playground;
  private final LocalServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private PlaygroundClient(RunHome home, Playground playground) throws IOException {
    this.playground = playground;
    AuditLog audit = new AuditLog(home.root().resolve("audit.jsonl"));
    server =
        LocalServer.start(
            ServerSettings.forPages(ServerAddress.loopback(0), token, audit),
            List.of(new Refusals(home), playground));
  }

  interface Opening {
    Playground open(Predicate<String> master) throws IOException;
  }

  static PlaygroundClient of(RunHome home, Opening opening) throws IOException {
    AccessToken[] token = new AccessToken[1];
    Playground playground = opening.open(given -> token[0].matches(given));
    PlaygroundClient client = new PlaygroundClient(home, playground);
    token[0] = client.token;
    return client;
  }

  String url() {
    return server.url();
  }

  HttpRequest.Builder request(String path, String bearer) {
    return HttpRequest.newBuilder(URI.create(server.url() + path))
        .header("Authorization", "Bearer " + bearer)
        .header("X-RFT", "1")
        .header("Content-Type", "application/json");
  }

  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        request(path, token.reveal())
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            request(path, token.reveal()).GET().build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(path + " gave " + response.statusCode() + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }

  /** Returns the events of a streamed answer. */
  List<JsonNode> events(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> response = send("POST", path, body);
    if (response.statusCode() != 200) {
      throw new IOException(path + " gave " + response.statusCode() + ": " + response.body());
    }
    List<JsonNode> events = new ArrayList<>();
    for (String line : response.body().split("\n")) {
      if (line.startsWith("data: ")) {
        events.add(JSON.readTree(line.substring("data: ".length())));
      }
    }
    return events;
  }

  /** Ends the server as a crash does: the processes of the models stay. */
  void vanish() {
    server.close();
  }

  @Override
  public void close() {
    playground.close();
    server.close();
  }
}
