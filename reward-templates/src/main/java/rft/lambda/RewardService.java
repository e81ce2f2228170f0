package rft.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import rft.reward.Failure;

/**
 * A reward that answers events over HTTP on this machine's loopback address: {@code POST /} with an
 * event as JSON.
 *
 * <p>A request needs the token, a {@code Host} that is this machine with this port, and JSON as its
 * content type; one from a web page is refused.
 */
public final class RewardService implements AutoCloseable {
  /** Most bytes of an event. */
  public static final int MAX_BYTES = 16 << 20;

  /** Requests that may wait or be answered at once; more are told to come again. */
  static final int MOST_REQUESTS = 64;

  private static final int THREADS = 16;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final LambdaFunction function;
  private final ServiceGate gate;
  private final HttpServer server;
  private final ExecutorService threads;
  private final Semaphore places = new Semaphore(MOST_REQUESTS);
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();

  /**
   * Starts to serve.
   *
   * @param function what answers; it is closed with this
   * @param port 0 for any that is free
   * @param token what a request must show; empty for none
   * @throws IOException if the port is taken
   */
  public RewardService(LambdaFunction function, int port, Optional<String> token)
      throws IOException {
    this.function = function;
    this.server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), MOST_REQUESTS);
    this.gate = new ServiceGate(token, server.getAddress().getPort());
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "reward service");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Returns a new token: 256 random bits as hexadecimal digits. */
  public static String newToken() {
    byte[] bits = new byte[32];
    new SecureRandom().nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }

  /** Returns its address. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** Returns how many events it was sent. */
  public long events() {
    return events.get();
  }

  /** Returns how many of them it could not score whole. */
  public long errors() {
    return errors.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    function.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<ServiceGate.Refusal> refusal = gate.check(exchange);
      if (refusal.isPresent()) {
        refuse(exchange, refusal.get().status(), refusal.get().message());
      } else if (!places.tryAcquire()) {
        exchange.getResponseHeaders().set("Retry-After", "1");
        refuse(exchange, 429, "too many requests at once: come again");
      } else {
        try {
          answer(exchange);
        } finally {
          places.release();
        }
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
    if (body.length > MAX_BYTES) {
      refuse(exchange, 413, "the event has more than " + MAX_BYTES + " bytes: send fewer rollouts");
      return;
    }
    events.incrementAndGet();
    try {
      LambdaAnswer answer = function.answer(new String(body, StandardCharsets.UTF_8));
      if (answer.status() != LambdaAnswer.Status.SCORED) {
        errors.incrementAndGet();
      }
      send(exchange, answer.status().http(), answer.json());
    } catch (InterruptedException | IllegalStateException e) {
      Thread.currentThread().interrupt();
      refuse(exchange, 503, "the service ends");
    }
  }

  private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
    send(exchange, status, LambdaReply.error(new LambdaException(Failure.Kind.SERVICE, message)));
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
