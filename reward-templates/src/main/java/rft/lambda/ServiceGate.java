package rft.lambda;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Decides which requests a service looks at. */
final class ServiceGate {
  /** Wrong tokens within a minute after which others have to wait for the next. */
  static final int MOST_WRONG_TOKENS = 20;

  private static final long MINUTE = 60_000_000_000L;

  private final Optional<String> token;
  private final Set<String> hosts;
  private long minute = System.nanoTime();
  private int wrongTokens;

  /**
   * @param token what a request must show; empty for none
   * @param port of the service
   */
  ServiceGate(Optional<String> token, int port) {
    this.token = token;
    this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
  }

  /**
   * Why a request is refused.
   *
   * @param status of HTTP
   * @param message one sentence
   */
  record Refusal(int status, String message) {}

  /** Returns why a request is refused, or empty if it is not. */
  Optional<Refusal> check(HttpExchange exchange) {
    List<String> host = all(exchange, "Host");
    if (host.size() != 1 || !hosts.contains(host.get(0).toLowerCase(Locale.ROOT))) {
      return refusal(421, "the Host is not this service: call it by its loopback address");
    }
    if (!all(exchange, "Origin").isEmpty()) {
      return refusal(403, "requests of web pages are refused");
    }
    if (!exchange.getRequestURI().getPath().equals("/")) {
      return refusal(404, "there is only /");
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      return refusal(405, "POST an event");
    }
    String type = String.join(",", all(exchange, "Content-Type")).toLowerCase(Locale.ROOT);
    if (!type.split(";")[0].strip().equals("application/json")) {
      return refusal(415, "the content type must be application/json");
    }
    return token.flatMap(secret -> checkToken(secret, all(exchange, "Authorization")));
  }

  private synchronized Optional<Refusal> checkToken(String secret, List<String> given) {
    byte[] wanted = ("Bearer " + secret).getBytes(StandardCharsets.UTF_8);
    byte[] shown = String.join(",", given).getBytes(StandardCharsets.UTF_8);
    if (MessageDigest.isEqual(wanted, shown)) {
      return Optional.empty();
    }
    long now = System.nanoTime();
    if (now - minute > MINUTE) {
      minute = now;
      wrongTokens = 0;
    }
    if (wrongTokens >= MOST_WRONG_TOKENS) {
      return refusal(429, "too many wrong tokens: wait a minute");
    }
    wrongTokens++;
    return refusal(401, "the token is missing or wrong: send Authorization: Bearer TOKEN");
  }

  private static List<String> all(HttpExchange exchange, String header) {
    List<String> values = exchange.getRequestHeaders().get(header);
    return values == null ? List.of() : values;
  }

  private static Optional<Refusal> refusal(int status, String message) {
    return Optional.of(new Refusal(status, message));
  }
}
