package rft.judge;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rft.reward.Failure;

/**
 * Where a model answers by the OpenAI chat-completions protocol, and how to treat it.
 *
 * @param url the base address, for example {@code http://127.0.0.1:8000/v1}
 * @param model the model's name there
 * @param keyVariable the environment variable that holds the API key, which is read at each request
 *     and kept nowhere; null to send none
 * @param timeout of one try, from connecting to the last byte
 * @param retry when to ask again
 * @param concurrency requests at once, at most
 * @param prices what tokens cost there
 */
public record ChatEndpoint(
    URI url,
    String model,
    @Nullable String keyVariable,
    Duration timeout,
    Retry retry,
    int concurrency,
    Prices prices) {
  private static final String PATH = "/chat/completions";
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public ChatEndpoint {
    requireAddress(url);
    if (model.isBlank()) {
      throw new IllegalArgumentException("name the model to ask at " + url);
    }
    if (keyVariable != null && !VARIABLE.matcher(keyVariable).matches()) {
      // What does not look like a name may be the key itself: do not repeat it.
      throw new IllegalArgumentException(
          "give the name of the environment variable that holds the key, for example"
              + " OPENAI_API_KEY, not the key");
    }
    if (keyVariable != null && url.getScheme().equals("http") && !isLoopback(url)) {
      throw new IllegalArgumentException(
          "a key is not sent to "
              + url
              + ", where anyone on the way could read it: use https, or no key");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the time-out (" + timeout + ") must be more than zero");
    }
    if (concurrency < 1 || concurrency > 1000) {
      throw new IllegalArgumentException("concurrency (" + concurrency + ") must be 1 to 1000");
    }
  }

  /**
   * Returns an endpoint with the usual patience: a minute for one try, four retries, eight requests
   * at once, no prices.
   *
   * @throws IllegalArgumentException if the address is none, or a key would travel in the open
   */
  public static ChatEndpoint of(String url, String model, @Nullable String keyVariable) {
    URI address;
    try {
      address = URI.create(url.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("\"" + url + "\" is no address of an endpoint", e);
    }
    return new ChatEndpoint(
        address, model, keyVariable, Duration.ofMinutes(1), Retry.STANDARD, 8, Prices.NONE);
  }

  /** Returns the same place with another model. */
  public ChatEndpoint withModel(String other) {
    return new ChatEndpoint(url, other, keyVariable, timeout, retry, concurrency, prices);
  }

  public ChatEndpoint withTimeout(Duration other) {
    return new ChatEndpoint(url, model, keyVariable, other, retry, concurrency, prices);
  }

  public ChatEndpoint withRetry(Retry other) {
    return new ChatEndpoint(url, model, keyVariable, timeout, other, concurrency, prices);
  }

  public ChatEndpoint withConcurrency(int other) {
    return new ChatEndpoint(url, model, keyVariable, timeout, retry, other, prices);
  }

  public ChatEndpoint withPrices(Prices other) {
    return new ChatEndpoint(url, model, keyVariable, timeout, retry, concurrency, other);
  }

  /** Returns the address that requests go to. */
  URI completions() {
    String base = url.toString().replaceFirst("/+$", "");
    return base.endsWith(PATH) ? URI.create(base) : URI.create(base + PATH);
  }

  /**
   * Returns the key, an empty text if none is to be sent.
   *
   * @throws ChatException if its variable is not set
   */
  String key(Environment environment) throws ChatException {
    if (keyVariable == null) {
      return "";
    }
    String key = environment.get(keyVariable);
    if (key == null || key.isBlank()) {
      throw new ChatException(
          Failure.Kind.SERVICE,
          "the environment variable "
              + keyVariable
              + ", which should hold the key of "
              + url
              + ", is not set");
    }
    return key.strip();
  }

  private static void requireAddress(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme();
    boolean known = scheme.equals("http") || scheme.equals("https");
    if (!known || url.getHost() == null || url.getRawQuery() != null || url.getFragment() != null) {
      throw new IllegalArgumentException(
          "\""
              + url
              + "\" is no base address of an endpoint: write it like http://127.0.0.1:8000/v1");
    }
    if (url.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "the address of an endpoint must hold no user name or password: name the environment"
              + " variable of its key instead");
    }
  }

  private static boolean isLoopback(URI url) {
    return LOOPBACK.matcher(url.getHost().toLowerCase(Locale.ROOT)).matches();
  }
}
