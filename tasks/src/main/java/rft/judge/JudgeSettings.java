package rft.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rft.reward.Failure;

/**
 * The model that judges where a reward names none: {@code RFT_JUDGE_URL} and its companions, each a
 * Java system property or else an environment variable. The same settings give the same model, so
 * that all rewards of a process share its limit, its cache and its meter.
 */
public final class JudgeSettings {
  /** The base address of the endpoint. */
  public static final String URL = "RFT_JUDGE_URL";

  /** The model's name there. */
  public static final String MODEL = "RFT_JUDGE_MODEL";

  /** The environment variable that holds the key; unset to send none. */
  public static final String KEY_ENV = "RFT_JUDGE_KEY_ENV";

  /** Seconds for one try; 60 if unset. */
  public static final String TIMEOUT_SECONDS = "RFT_JUDGE_TIMEOUT_SECONDS";

  /** Retries after the first try; 4 if unset. */
  public static final String RETRIES = "RFT_JUDGE_RETRIES";

  /** Requests at once, at most; 8 if unset. */
  public static final String CONCURRENCY = "RFT_JUDGE_CONCURRENCY";

  /** US dollars for a million tokens: {@code read,written} or {@code read,cached,written}. */
  public static final String PRICES = "RFT_JUDGE_PRICES";

  /** Where answers are kept: {@code memory} (if unset), {@code off}, or a folder. */
  public static final String CACHE = "RFT_JUDGE_CACHE";

  /**
   * Further fields of each request as a JSON object, for example {@code
   * {"reasoning_effort":"low","temperature":null}}; null takes one away.
   */
  public static final String PARAMETERS = "RFT_JUDGE_PARAMETERS";

  private static final Map<String, ChatModel> OPEN = new ConcurrentHashMap<>();
  private static final ThreadLocal<Map<String, String>> INSTEAD = ThreadLocal.withInitial(Map::of);
  private static final ThreadLocal<@Nullable ChatModel> MODEL_INSTEAD = new ThreadLocal<>();

  private final Environment environment;

  JudgeSettings(Environment environment) {
    this.environment = environment;
  }

  /** Returns the settings of this process. */
  public static JudgeSettings current() {
    Map<String, String> instead = INSTEAD.get();
    return new JudgeSettings(
        name -> {
          String set = instead.containsKey(name) ? instead.get(name) : System.getProperty(name);
          return set != null ? set : System.getenv(name);
        });
  }

  /**
   * Returns what the call returns, with other settings for what it makes on this thread, as when a
   * reward is loaded to be tried with another model.
   *
   * @param instead values by the names of the settings
   */
  public static <T> T with(Map<String, String> instead, Supplier<T> call) {
    Map<String, String> before = INSTEAD.get();
    Map<String, String> merged = new HashMap<>(before);
    merged.putAll(instead);
    INSTEAD.set(merged);
    try {
      return call.get();
    } finally {
      INSTEAD.set(before);
    }
  }

  /**
   * Returns what the call returns, with this model as the one that is set for what it makes on this
   * thread, as when a reward is loaded to be tested without a model.
   */
  public static <T> T with(ChatModel model, Supplier<T> call) {
    ChatModel before = MODEL_INSTEAD.get();
    MODEL_INSTEAD.set(model);
    try {
      return call.get();
    } finally {
      MODEL_INSTEAD.set(before);
    }
  }

  /**
   * Returns the model that is set; where none is, one that answers every question with the failure
   * that says what to set.
   */
  public ChatModel model() {
    return model(null);
  }

  /**
   * Returns the model of this name at the endpoint that is set.
   *
   * @param name the model; null for the one that is set
   */
  public ChatModel model(@Nullable String name) {
    ChatModel instead = MODEL_INSTEAD.get();
    if (instead != null) {
      return instead;
    }
    try {
      ChatEndpoint endpoint = endpoint(name);
      String cache = get(CACHE, "memory");
      Path folder = cache.equals("memory") || cache.equals("off") ? null : Path.of(cache);
      return OPEN.computeIfAbsent(endpoint + " " + cache, key -> open(endpoint, cache, folder));
    } catch (InvalidPathException e) {
      return new NoModel(CACHE + " (" + get(CACHE, "") + ") is no folder, memory or off");
    } catch (IllegalArgumentException e) {
      return new NoModel(String.valueOf(e.getMessage()));
    }
  }

  private static ChatModel open(ChatEndpoint endpoint, String cache, @Nullable Path folder) {
    HttpChatModel model = new HttpChatModel(endpoint);
    if (folder != null) {
      return CachedChatModel.inFolder(model, endpoint.url().toString(), folder);
    }
    return cache.equals("off") ? model : CachedChatModel.inMemory(model);
  }

  /**
   * Returns the endpoint that is set.
   *
   * @param name the model; null for the one that is set
   * @throws IllegalArgumentException if none is, or a setting makes no sense, saying what to set
   */
  public ChatEndpoint endpoint(@Nullable String name) {
    String url = get(URL, "");
    String model = name != null ? name : get(MODEL, "");
    if (url.isBlank() || model.isBlank()) {
      throw new IllegalArgumentException(
          "no model is set to judge: set "
              + (url.isBlank() ? URL + " to its address, for example http://127.0.0.1:8000/v1" : "")
              + (url.isBlank() && model.isBlank() ? ", and " : "")
              + (model.isBlank() ? MODEL + " to its name there" : "")
              + (url.isBlank()
                  ? "; " + KEY_ENV + " names the environment variable of its key, if it needs one"
                  : ""));
    }
    String keyVariable = get(KEY_ENV, "");
    Retry retry = Retry.STANDARD;
    return ChatEndpoint.of(url, model, keyVariable.isBlank() ? null : keyVariable)
        .withTimeout(Duration.ofMillis((long) (number(TIMEOUT_SECONDS, 60) * 1000)))
        .withRetry(new Retry((int) number(RETRIES, retry.most()), retry.first(), retry.longest()))
        .withConcurrency((int) number(CONCURRENCY, 8))
        .withPrices(prices());
  }

  /**
   * Returns the further fields that are set.
   *
   * @throws IllegalArgumentException if they are no JSON object
   */
  Map<String, JsonNode> parameters() {
    String text = get(PARAMETERS, "{}");
    JsonNode fields = ChatJson.parse(text.getBytes(StandardCharsets.UTF_8));
    if (!fields.isObject()) {
      throw new IllegalArgumentException(
          PARAMETERS
              + " ("
              + text
              + ") must be a JSON object, for example {\"reasoning_effort\":\"low\"}");
    }
    return fields.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private Prices prices() {
    String text = get(PRICES, "");
    if (text.isBlank()) {
      return Prices.NONE;
    }
    String[] given = text.split(",", -1);
    try {
      double read = Double.parseDouble(given[0].strip());
      double written = Double.parseDouble(given[given.length - 1].strip());
      if (given.length == 2) {
        return Prices.of(read, written);
      }
      if (given.length == 3) {
        return new Prices(read, Double.parseDouble(given[1].strip()), written);
      }
    } catch (NumberFormatException e) {
      // Said below, like a wrong count.
    }
    throw new IllegalArgumentException(
        PRICES
            + " ("
            + text
            + ") must be dollars for a million tokens read and written, for example 0.40,1.60");
  }

  private double number(String name, double otherwise) {
    String text = get(name, "");
    if (text.isBlank()) {
      return otherwise;
    }
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " (" + text + ") must be a number", e);
    }
  }

  private String get(String name, String otherwise) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  /** Stands in place of a model that is not set. */
  record NoModel(String reason) implements ChatModel {
    @Override
    public String name() {
      return "no model";
    }

    @Override
    public ChatReply ask(ChatRequest request) throws ChatException {
      throw new ChatException(Failure.Kind.SERVICE, reason);
    }
  }
}
