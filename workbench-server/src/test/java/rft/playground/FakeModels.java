package rft.playground;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Processes of models that are servers in this JVM, with answers from a function. */
final class FakeModels implements ModelProcess.Source, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String TOKEN = "token-of-the-model";
  private static final int MANY = 1_000;

  /** Every body that was asked, in order. */
  final List<JsonNode> asked = Collections.synchronizedList(new ArrayList<>());

  /** Every process that was started, in order. */
  final List<Fake> started = Collections.synchronizedList(new ArrayList<>());

  /** Counted down when a client left in the middle of an answer. */
  final CountDownLatch left = new CountDownLatch(1);

  volatile Function<JsonNode, List<String>> answer = body -> List.of("#### ", "4");
  volatile Duration startTime = Duration.ZERO;
  volatile boolean diesAtStart;
  volatile boolean diesInAnswer;
  volatile boolean neverEnds;

  /** What it sends of a whole answer before it dies; null for all of it. */
  volatile String lastOfWhole;

  @Override
  public ModelProcess start(Path model) throws IOException {
    Fake fake = new Fake();
    started.add(fake);
    return fake;
  }

  @Override
  public Optional<ModelProcess> find(Path model) {
    return started.stream().filter(Fake::isAlive).map(ModelProcess.class::cast).findFirst();
  }

  @Override
  public void close() {
    started.forEach(fake -> fake.stop(Duration.ZERO));
  }

  /** One process. */
  final class Fake implements ModelProcess {
    private final HttpServer server;
    private final Instant since = Instant.now();
    private volatile boolean alive = !diesAtStart;

    private Fake() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MANY);
      server.setExecutor(Executors.newCachedThreadPool());
      server.createContext("/v1/", this::handle);
      server.start();
    }

    @Override
    public boolean isAlive() {
      return alive;
    }

    @Override
    public Optional<Endpoint> endpoint() {
      return Instant.now().isBefore(since.plus(startTime))
          ? Optional.empty()
          : Optional.of(
              new Endpoint(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), TOKEN));
    }

    @Override
    public long pid() {
      return 4711;
    }

    @Override
    public Instant since() {
      return since;
    }

    @Override
    public String lastWords() {
      return "it ended with exit code 137";
    }

    @Override
    public void stop(Duration patience) {
      alive = false;
      server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
      JsonNode body = JSON.readTree(exchange.getRequestBody());
      asked.add(body);
      boolean known =
          ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
      if (!known || body.path("messages").toString().contains("too long")) {
        byte[] error =
            "{\"error\":{\"message\":\"the prompt does not fit\"}}"
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known ? 400 : 401, error.length);
        exchange.getResponseBody().write(error);
        exchange.close();
        return;
      }
      String part = lastOfWhole;
      if (part != null) {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(part.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        stop(Duration.ZERO);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        stream(body, out);
      } catch (IOException e) {
        left.countDown();
      }
    }

    private void stream(JsonNode body, OutputStream out) throws IOException {
      int n = body.path("n").asInt(1);
      for (int choice = 0; choice < n; choice++) {
        for (String piece : answer.apply(body)) {
          send(out, chunk(choice, piece, null));
          if (diesInAnswer) {
            stop(Duration.ZERO);
            throw new IOException("killed");
          }
          while (neverEnds) {
            send(out, chunk(choice, piece, null));
            pause();
          }
        }
        send(out, chunk(choice, "", "stop"));
      }
      send(out, "[DONE]");
    }
  }

  private static String chunk(int choice, String piece, String reason) {
    var chunk = JSON.createObjectNode();
    var one = chunk.putArray("choices").addObject().put("index", choice);
    one.putObject("delta").put("content", piece);
    one.putObject("logprobs")
        .putArray("content")
        .addObject()
        .put("token", piece.isEmpty() ? "<|end|>" : piece)
        .put("logprob", -0.25);
    one.put("finish_reason", reason);
    return chunk.toString();
  }

  private static void send(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
