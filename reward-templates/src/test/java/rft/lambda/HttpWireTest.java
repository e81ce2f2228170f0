package rft.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rft.reward.Failure;

/** A service on the loopback address that answers as it is told. */
final class HttpWireTest {
  private final Deque<Integer> statuses = new ArrayDeque<>();
  private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger requests = new AtomicInteger();
  private String body = "[]";
  private long delayMillis;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            requests.incrementAndGet();
            authorizations.add(
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.getRequestBody().readAllBytes();
            Thread.sleep(delayMillis);
            int status = statuses.isEmpty() ? 200 : statuses.poll();
            if (status == 302) {
              exchange.getResponseHeaders().set("Location", "http://169.254.169.254/");
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private HttpWire wire(String options, Optional<String> token) {
    RemoteAddress address =
        RemoteAddress.parse(
            "http://127.0.0.1:" + server.getAddress().getPort() + "/score#" + options);
    return new HttpWire(address, token, Duration.ofMillis(1));
  }

  private LambdaException refused(String options) {
    try (HttpWire wire = wire(options, Optional.empty())) {
      return assertThrows(LambdaException.class, () -> wire.send("[]"));
    }
  }

  @Test
  void aBusyOrBrokenServiceIsAskedAgain() throws Exception {
    statuses.addAll(List.of(429, 500, 503));

    try (HttpWire wire = wire("retries=3", Optional.of("secret"))) {
      assertEquals("[]", wire.send("[]"));
    }

    assertEquals(4, requests.get());
    assertEquals(Collections.nCopies(4, "Bearer secret"), authorizations);
  }

  @Test
  void aServiceThatStaysBusyIsThrottled() {
    statuses.addAll(List.of(429, 429, 429));

    LambdaException refused = refused("retries=2");

    assertEquals(Failure.Kind.THROTTLED, refused.kind());
    assertTrue(refused.getMessage().contains("429 after 3 tries"), refused.getMessage());
  }

  @Test
  void aServiceThatStaysBrokenIsAFailureOfTheService() {
    statuses.addAll(List.of(502, 502));

    assertEquals(Failure.Kind.SERVICE, refused("retries=1").kind());
    assertEquals(2, requests.get());
  }

  @Test
  void whatWillNotChangeIsNotAskedAgain() {
    statuses.add(404);

    assertEquals(Failure.Kind.SERVICE, refused("retries=3").kind());
    assertEquals(1, requests.get());
  }

  @Test
  void theRewardsOwnErrorIsItsAnswer() throws Exception {
    statuses.add(500);
    body = "{\"errorType\":\"KeyError\",\"errorMessage\":\"'x'\"}";

    try (HttpWire wire = wire("retries=3", Optional.empty())) {
      assertEquals(body, wire.send("[]"));
    }
    assertEquals(1, requests.get());
  }

  @Test
  void aRedirectIsNotFollowed() {
    statuses.add(302);

    assertTrue(refused("retries=0").getMessage().contains("redirects are not followed"));
  }

  @Test
  void aServiceThatDoesNotAnswerCostsItsTimeLimit() {
    delayMillis = 5_000;
    long start = System.nanoTime();

    assertEquals(Failure.Kind.TIMEOUT, refused("seconds=0.2").kind());
    assertTrue(System.nanoTime() - start < 3_000_000_000L);
  }

  @Test
  void nobodyThereIsAFailureOfTheService() {
    server.stop(0);

    LambdaException refused = refused("retries=1");

    assertEquals(Failure.Kind.SERVICE, refused.kind());
    assertTrue(refused.getMessage().contains("cannot be reached"), refused.getMessage());
  }

  @Test
  void aLinkLocalAddressIsRefused() {
    RemoteAddress address = RemoteAddress.parse("http://169.254.169.254/latest");
    try (HttpWire wire = new HttpWire(address, Optional.empty())) {
      LambdaException refused = assertThrows(LambdaException.class, () -> wire.send("[]"));
      assertTrue(refused.getMessage().contains("link-local"), refused.getMessage());
    }
  }
}
