package rft.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A loopback endpoint that gives scripted answers in order, the last one again and again. */
final class ScriptedEndpoint implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ConcurrentLinkedQueue<Answer> script = new ConcurrentLinkedQueue<>();
  private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());

  /** A request as it came. */
  record Seen(String path, Map<String, List<String>> headers, JsonNode body) {
    String authorization() {
      return String.join(",", headers.getOrDefault("Authorization", List.of()));
    }
  }

  /** What to answer. */
  record Answer(int status, Map<String, String> headers, String body, long delayMillis) {}

  ScriptedEndpoint(Answer... answers) throws IOException {
    script.addAll(List.of(answers));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  static Answer says(String text) {
    return says(text, "stop");
  }

  static Answer says(String text, String finish) {
    try {
      return json(
          200,
          "{\"model\":\"m-2026\",\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":"
              + JSON.writeValueAsString(text)
              + "},\"finish_reason\":\""
              + finish
              + "\"}],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":10,"
              + "\"prompt_tokens_details\":{\"cached_tokens\":40}}}");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Answer json(int status, String body) {
    return new Answer(status, Map.of(), body, 0);
  }

  static Answer later(int status, String retryAfter) {
    return new Answer(status, Map.of("Retry-After", retryAfter), "{}", 0);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  List<Seen> seen() {
    return List.copyOf(seen);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody());
      seen.add(
          new Seen(
              exchange.getRequestURI().getPath(), Map.copyOf(exchange.getRequestHeaders()), body));
      Answer answer = script.size() > 1 ? script.remove() : script.element();
      Thread.sleep(answer.delayMillis());
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
