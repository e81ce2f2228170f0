package rft.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import rft.run.RunHome;
import rft.web.ServerAddress;

/** A workbench in a JVM of its own, and a program that talks to it. Killed when closed. */
final class WorkbenchProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final String link;
  private final String url;
  private final String token;
  private final HttpClient client = HttpClient.newHttpClient();

  private WorkbenchProcess(Process process, String link, String token) {
    this.process = process;
    this.link = link;
    this.url = link.substring(0, link.indexOf("/#"));
    this.token = token;
  }

  /** Runs a workbench on the home that is given until it is killed. */
  public static void main(String[] arguments) throws Exception {
    RunHome home = new RunHome(Path.of(arguments[0]));
    ServerAddress address = ServerAddress.loopback(0);
    System.out.println(Workbench.start(home, address).link());
    Thread.sleep(Long.MAX_VALUE);
  }

  static WorkbenchProcess start(Path home) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Drft.root=" + root(),
                "-cp",
                classPath,
                WorkbenchProcess.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader();
    String link = output.readLine();
    String token = Files.readString(home.resolve("workbench.token")).strip();
    return new WorkbenchProcess(process, link, token);
  }

  /** Returns an address that signs a browser in, once. */
  String link() {
    return link;
  }

  static Path root() {
    return Path.of(System.getProperty("rft.root", "..")).toAbsolutePath().normalize();
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return sent(request(path).build(), 200);
  }

  JsonNode post(String path, String body, int status) throws IOException, InterruptedException {
    return sent(request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(), status);
  }

  JsonNode delete(String path, int status) throws IOException, InterruptedException {
    return sent(
        request(path).method("DELETE", HttpRequest.BodyPublishers.ofString("{}")).build(), status);
  }

  JsonNode upload(String path, HttpRequest.BodyPublisher body, int status)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(path).setHeader("Content-Type", "application/x-ndjson").POST(body).build();
    return sent(request, status);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token)
        .header("X-RFT", "1")
        .header("Content-Type", "application/json");
  }

  private JsonNode sent(HttpRequest request, int status) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != status) {
      throw new AssertionError(
          request.uri() + " answered " + response.statusCode() + ": " + response.body());
    }
    return JSON.readTree(response.body().isEmpty() ? "null" : response.body());
  }

  /** Asks until the answer fits, and returns it. */
  JsonNode await(String path, Predicate<JsonNode> fits) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode last = get(path);
    while (!fits.test(last)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(path + " stayed " + last.toPrettyString());
      }
      Thread.sleep(50);
      last = get(path);
    }
    return last;
  }

  JsonNode awaitJob(String id, String state) throws IOException, InterruptedException {
    return await("/api/jobs/" + id, job -> job.path("state").asText().equals(state));
  }

  /** Takes the process away without a word. */
  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
