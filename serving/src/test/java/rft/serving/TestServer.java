package rft.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import rft.command.Progress;

/** The verb {@code serve}, running, and a client of it. */
final class TestServer implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<Serve.Served> ended = new CompletableFuture<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final String token;
  private volatile boolean stop;

  private TestServer(Path tokenFile, String... options) throws Exception {
    Serve verb = new Serve();
    new CommandLine(verb).parseArgs(options);
    Thread thread = new Thread(() -> run(verb), "serve");
    thread.setDaemon(true);
    thread.start();
    while (said.stream().noneMatch(line -> line.contains(" answers at ")) && !ended.isDone()) {
      Thread.sleep(20);
    }
    if (ended.isDone()) {
      ended.get();
    }
    String line = said.get(0);
    this.url = line.substring(line.indexOf("http"), line.length() - "/v1".length());
    this.token = Files.readString(tokenFile).strip();
  }

  /** Starts the bundled model on any free port. */
  static TestServer start(String... options) throws Exception {
    Path tokenFile = Files.createTempDirectory("serving").resolve("token");
    List<String> all =
        new ArrayList<>(
            List.of(
                "--model=" + System.getProperty("rft.root", "..") + "/models/tiny-chat",
                "--token-file=" + tokenFile));
    all.addAll(List.of(options));
    return new TestServer(tokenFile, all.toArray(String[]::new));
  }

  private void run(Serve verb) {
    try {
      ended.complete(
          verb.run(
              new Progress() {
                @Override
                public void report(Update update) {}

                @Override
                public void say(String sentence) {
                  said.add(sentence);
                }

                @Override
                public boolean stopRequested() {
                  return stop;
                }
              }));
    } catch (Exception e) {
      ended.completeExceptionally(e);
    }
  }

  String url() {
    return url;
  }

  String token() {
    return token;
  }

  HttpRequest request(String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token);
    return body == null
        ? request.build()
        : request
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
  }

  HttpResponse<String> send(String path, String body) throws IOException, InterruptedException {
    return http.send(request(path, body), HttpResponse.BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> sendLater(String path, String body) {
    return http.sendAsync(request(path, body), HttpResponse.BodyHandlers.ofString());
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return good(send(path, null));
  }

  JsonNode chat(String fields) throws IOException, InterruptedException {
    return good(send("/v1/chat/completions", chatBody(fields)));
  }

  JsonNode text(String fields) throws IOException, InterruptedException {
    return good(send("/v1/completions", "{\"model\": \"base\", " + fields + "}"));
  }

  /** Returns the data of a stream's events; every line of it must be framed as OpenAI's are. */
  List<String> stream(String fields) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send("/v1/chat/completions", chatBody("\"stream\": true, " + fields));
    assertEquals(200, answer.statusCode(), answer.body());
    assertTrue(
        answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream"));
    assertTrue(answer.body().endsWith("\n\n"));
    List<String> events = new ArrayList<>();
    for (String event : answer.body().split("\n\n")) {
      assertTrue(event.startsWith("data: ") && event.indexOf('\n') < 0, event);
      events.add(event.substring("data: ".length()));
    }
    return events;
  }

  static String chatBody(String fields) {
    String question =
        fields.contains("\"messages\"")
            ? ""
            : "\"messages\": [{\"role\": \"user\", \"content\": \"How much is 34 plus 824? Answer"
                + " after ####.\"}], ";
    String model = fields.contains("\"model\"") ? "" : "\"model\": \"base\", ";
    return ("{" + model + question + fields + "}").replaceAll(",\\s*}$", "}");
  }

  static JsonNode good(HttpResponse<String> answer) throws IOException {
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  static String said(JsonNode answer) {
    return answer.at("/choices/0/message/content").textValue();
  }

  /** Ends it as Ctrl-C does. */
  Serve.Served end() throws Exception {
    stop = true;
    return ended.get(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws Exception {
    if (!ended.isDone()) {
      end();
    }
  }
}
