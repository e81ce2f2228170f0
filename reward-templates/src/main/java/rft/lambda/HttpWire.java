package rft.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import rft.judge.LinkLocal;
import rft.reward.Failure;

/**
 * Sends events to a service over HTTP. A request that was throttled, or failed in the service or on
 * the way, is sent again after a pause that doubles; redirects are not followed.
 */
final class HttpWire implements LambdaWire {
  private static final int MAX_BYTES = RewardService.MAX_BYTES;
  private static final int LONGEST_PAUSE_SECONDS = 30;
  private static final int TOO_MANY = 429;

  private final RemoteAddress address;
  private final Optional<String> token;
  private final Duration firstPause;
  private final HttpClient client;
  private final ExecutorService senders;

  HttpWire(RemoteAddress address, Optional<String> token) {
    this(address, token, Duration.ofMillis(500));
  }

  /**
   * @param token what requests show
   * @param firstPause before the first retry
   */
  HttpWire(RemoteAddress address, Optional<String> token, Duration firstPause) {
    this.address = address;
    this.token = token;
    this.firstPause = firstPause;
    this.client = HttpClient.newBuilder().connectTimeout(address.timeout()).build();
    this.senders =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "reward request");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * What came back.
   *
   * @param status of HTTP
   * @param body as text
   * @param pause that the service asks for before the next try, in seconds; 0 for none
   */
  private record Reply(int status, String body, int pause) {
    boolean isBusyOrBroken() {
      return status == TOO_MANY || status >= 500;
    }

    /** An error object is the reward's own answer: it would be the same again. */
    boolean isAnswer() {
      try {
        JsonNode json = ContractJson.read("the reply", body);
        return json.has(LambdaReply.ERROR_TYPE) && status != TOO_MANY && status != 503;
      } catch (LambdaException e) {
        return false;
      }
    }
  }

  @Override
  public String send(String event) throws LambdaException, InterruptedException {
    refuseLinkLocal();
    for (int attempt = 0; ; attempt++) {
      boolean last = attempt >= address.retries();
      int pause = 0;
      try {
        Reply reply = once(event);
        if (reply.status() / 100 == 2 || (reply.isAnswer() && reply.status() >= 500)) {
          return reply.body();
        }
        if (last || !reply.isBusyOrBroken()) {
          throw refused(reply, attempt + 1);
        }
        pause = reply.pause();
      } catch (IOException e) {
        if (last) {
          throw new LambdaException(
              Failure.Kind.SERVICE,
              address.uri() + " cannot be reached (" + cause(e) + ")" + tries(attempt + 1));
        }
      }
      pause(attempt, pause);
    }
  }

  private Reply once(String event) throws LambdaException, IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.uri())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(event));
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    Future<Reply> answer = senders.submit(() -> exchange(request.build()));
    try {
      return answer.get(address.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new LambdaException(
          Failure.Kind.TIMEOUT,
          address.uri() + " did not answer within " + address.timeout().toMillis() + " ms");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("the request could not be sent", e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private Reply exchange(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("its reply has more than " + MAX_BYTES + " bytes");
      }
      int pause =
          response
              .headers()
              .firstValue("Retry-After")
              .filter(text -> text.matches("\\d{1,4}"))
              .map(Integer::parseInt)
              .orElse(0);
      return new Reply(response.statusCode(), new String(bytes, StandardCharsets.UTF_8), pause);
    }
  }

  /**
   * Waits twice as long as the time before, up to a half more, and at least as the service asks.
   */
  private void pause(int attempt, int seconds) throws InterruptedException {
    double base = firstPause.toMillis() * Math.pow(2, Math.min(attempt, 10));
    double millis = base * (1 + ThreadLocalRandom.current().nextDouble() / 2);
    Thread.sleep((long) Math.min(LONGEST_PAUSE_SECONDS * 1e3, Math.max(millis, seconds * 1e3)));
  }

  private LambdaException refused(Reply reply, int tries) {
    Failure.Kind kind = reply.status() == TOO_MANY ? Failure.Kind.THROTTLED : Failure.Kind.SERVICE;
    String fix =
        switch (reply.status()) {
          case 401, 403 -> ": set " + RemoteLanguage.TOKEN + " to its token";
          case 301, 302, 303, 307, 308 -> ": redirects are not followed, give the final address";
          default -> reply.body().isBlank() ? "" : ": " + ContractJson.shortened(reply.body());
        };
    return new LambdaException(
        kind, address.uri() + " answered " + reply.status() + tries(tries) + fix);
  }

  /** Refuses addresses at which a cloud's machines find their own credentials. */
  private void refuseLinkLocal() throws LambdaException {
    Optional<String> refusal = LinkLocal.refusal(address.uri());
    if (refusal.isPresent()) {
      throw new LambdaException(Failure.Kind.SERVICE, refusal.get());
    }
  }

  private static String tries(int tries) {
    return tries == 1 ? "" : " after " + tries + " tries";
  }

  private static String cause(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void close() {
    senders.shutdownNow();
  }
}
