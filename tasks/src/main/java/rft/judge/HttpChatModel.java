package rft.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import rft.reward.Failure;

/**
 * A model behind any endpoint of the OpenAI chat-completions protocol, a deployment of one's own
 * included. It follows no redirect, and its key goes to that endpoint alone.
 */
public final class HttpChatModel implements ChatModel {
  /** Answers that say: later. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504, 529);

  private static final Set<Integer> THROTTLED = Set.of(429, 529);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final ChatEndpoint endpoint;
  private final Environment environment;
  private final Semaphore turns;
  private final ChatMeter meter = new ChatMeter();

  /** Makes a model; nothing is sent yet. */
  public HttpChatModel(ChatEndpoint endpoint) {
    this(endpoint, System::getenv);
  }

  HttpChatModel(ChatEndpoint endpoint, Environment environment) {
    this.endpoint = endpoint;
    this.environment = environment;
    this.turns = new Semaphore(endpoint.concurrency(), true);
  }

  @Override
  public String name() {
    return endpoint.model();
  }

  /** Returns where it is. */
  public ChatEndpoint endpoint() {
    return endpoint;
  }

  /** Returns what counts its questions and their cost. */
  public ChatMeter meter() {
    return meter;
  }

  @Override
  public ChatReply ask(ChatRequest request) throws ChatException, InterruptedException {
    turns.acquire();
    long start = System.nanoTime();
    try {
      return retried(ChatJson.request(endpoint.model(), request));
    } catch (ChatException e) {
      meter.failed(e.kind());
      throw e;
    } finally {
      meter.asked(Duration.ofNanos(System.nanoTime() - start));
      turns.release();
    }
  }

  private ChatReply retried(byte[] body) throws ChatException, InterruptedException {
    for (int done = 0; ; done++) {
      try {
        return tried(body);
      } catch (Passing e) {
        Optional<Duration> wait =
            endpoint
                .retry()
                .waitBefore(done, e.retryAfter, ThreadLocalRandom.current().nextDouble());
        if (wait.isEmpty()) {
          String tries = done == 0 ? "" : ", after " + (done + 1) + " tries";
          String asked =
              e.retryAfter.map(time -> "; it asks to wait " + time.toSeconds() + " s").orElse("");
          throw new ChatException(e.kind, e.getMessage() + tries + asked, e);
        }
        meter.retried();
        TimeUnit.NANOSECONDS.sleep(wait.get().toNanos());
      }
    }
  }

  private ChatReply tried(byte[] body) throws ChatException, Passing, InterruptedException {
    Optional<String> refusal = LinkLocal.refusal(endpoint.url());
    if (refusal.isPresent()) {
      throw new ChatException(Failure.Kind.SERVICE, refusal.get());
    }
    String key = endpoint.key(environment);
    HttpResponse<byte[]> response = sent(body, key);
    JsonNode answer = ChatJson.parse(response.body());
    // Some endpoints send an error as if all were well.
    boolean error = answer.hasNonNull("error") && !answer.path("choices").has(0);
    if (response.statusCode() != 200 || error) {
      throw refused(response, answer, key);
    }
    if (!answer.isObject()) {
      throw new ChatException(
          Failure.Kind.UNREADABLE,
          "what " + endpoint.url() + " answered is no JSON object: is it an OpenAI endpoint?");
    }
    ChatReply.Usage usage = ChatJson.usage(answer, endpoint.prices());
    meter.spent(usage);
    try {
      return ChatJson.reply(answer, endpoint.model(), usage);
    } catch (ChatException e) {
      throw e.costing(usage.costUsd());
    }
  }

  private HttpResponse<byte[]> sent(byte[] body, String key)
      throws ChatException, Passing, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.completions())
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    CompletableFuture<HttpResponse<byte[]>> coming =
        CLIENT.sendAsync(request.build(), headers -> new LimitedBody());
    try {
      // The client's own time-out ends with the headers; this one covers the body, too.
      return coming.get(endpoint.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new ChatException(
          Failure.Kind.TIMEOUT,
          endpoint.url() + " did not answer within " + endpoint.timeout().toMillis() + " ms",
          e);
    } catch (ExecutionException e) {
      throw unreachable(e.getCause() == null ? e : e.getCause());
    } finally {
      coming.cancel(true);
    }
  }

  private Passing unreachable(Throwable cause) throws ChatException {
    if (cause instanceof LimitedBody.TooLong) {
      throw new ChatException(
          Failure.Kind.UNREADABLE, endpoint.url() + ": " + cause.getMessage(), cause);
    }
    if (!(cause instanceof IOException)) {
      throw new ChatException(
          Failure.Kind.SERVICE, "cannot ask " + endpoint.url() + ": " + words(cause), cause);
    }
    String what =
        cause instanceof ConnectException
            ? "nothing answers at " + endpoint.url() + ": is the model served there?"
            : endpoint.url() + " broke off the connection: " + words(cause);
    return new Passing(Failure.Kind.SERVICE, what, Optional.empty());
  }

  private static String words(Throwable cause) {
    String message =
        cause.getMessage() == null ? "" : ": " + ChatJson.shortened(cause.getMessage());
    return cause.getClass().getSimpleName() + message;
  }

  /** Returns why another answer than 200 came, if asking again may help. */
  private Passing refused(HttpResponse<byte[]> response, JsonNode answer, String key)
      throws ChatException {
    // An error inside of an answer that claims success says its status by its code, if at all.
    int status =
        response.statusCode() == 200
            ? answer.path("error").path("code").asInt(200)
            : response.statusCode();
    String own = ChatJson.errorText(answer, response.body());
    // Some endpoints repeat the key they were given.
    String said = own.isEmpty() ? "" : ": " + (key.isEmpty() ? own : own.replace(key, "***"));
    String code = ChatJson.errorCode(answer);
    String where =
        endpoint.url()
            + " answered "
            + (response.statusCode() == 200 ? "an error in HTTP 200" : "HTTP " + status);
    if (code.contains("content_filter") || code.contains("content_policy")) {
      throw new ChatException(Failure.Kind.REFUSED, where + said);
    }
    if (code.contains("insufficient_quota")) {
      throw new ChatException(Failure.Kind.SERVICE, where + said + "; the account has no credit");
    }
    if (PASSING.contains(status)) {
      Failure.Kind kind =
          THROTTLED.contains(status) ? Failure.Kind.THROTTLED : Failure.Kind.SERVICE;
      return new Passing(kind, where + said, retryAfter(response));
    }
    throw new ChatException(Failure.Kind.SERVICE, where + said + advice(status));
  }

  private String advice(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> "; redirects are not followed: give the final address";
      case 401, 403 ->
          endpoint.keyVariable() == null
              ? "; it wants a key: name the environment variable that holds it"
              : "; check the key in " + endpoint.keyVariable();
      case 404 -> "; check the address and the model's name (" + endpoint.model() + ")";
      default -> "";
    };
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    return response.headers().firstValue("Retry-After").flatMap(HttpChatModel::waitOf);
  }

  /** Returns the wait of a {@code Retry-After}: seconds, or a date. */
  static Optional<Duration> waitOf(String header) {
    try {
      double seconds = Double.parseDouble(header.strip());
      return seconds >= 0 && seconds < 1e9
          ? Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1000)))
          : Optional.empty();
    } catch (NumberFormatException notSeconds) {
      try {
        ZonedDateTime until =
            ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
        Duration wait = Duration.between(Instant.now(), until);
        return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
      } catch (DateTimeParseException notADate) {
        return Optional.empty();
      }
    }
  }

  /** No answer now; perhaps later. */
  private static final class Passing extends Exception {
    private static final long serialVersionUID = 1L;

    private final Failure.Kind kind;
    private final transient Optional<Duration> retryAfter;

    Passing(Failure.Kind kind, String message, Optional<Duration> retryAfter) {
      super(message);
      this.kind = kind;
      this.retryAfter = retryAfter;
    }
  }
}
