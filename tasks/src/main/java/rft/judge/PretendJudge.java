package rft.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A rule that pretends to be a judge: for teaching, and for tests without a model. It answers on
 * this machine alone, by the protocol of real endpoints, and has just the habits that it is given.
 * Its rule: an answer is worth the share of the reference's words that occur in it, small words
 * like "and" aside; without a reference, of the prompt's. It understands the questions that {@link
 * Judge} asks and no others.
 *
 * <p>The same question asked again in the same place of a series gets the same answer, so that what
 * a lesson shows can be shown again.
 */
public final class PretendJudge implements AutoCloseable {
  /** The name of its model; any other is answered as well. */
  public static final String MODEL = "pretend-judge";

  private static final JsonMapper JSON = new JsonMapper();

  static {
    // Without it the JDK's server holds each answer back for 40 ms.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final Map<String, Integer> asked = new HashMap<>();
  private final Map<Habit, Double> habits = new EnumMap<>(Habit.class);
  private long seed;

  /** What it does beside its rule. */
  private enum Habit {
    LONGER("prefers longer"),
    FIRST("prefers the first"),
    NOISE("noise"),
    GULLIBLE("believes claims"),
    REFUSES("refuses"),
    BREAKS_JSON("breaks JSON"),
    THROTTLES("throttles");

    private final String words;

    Habit(String words) {
      this.words = words;
    }
  }

  private PretendJudge(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /** Starts one without any habit, on a free port; close it to end it. */
  public static PretendJudge start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      ExecutorService threads =
          Executors.newCachedThreadPool(
              task -> {
                Thread thread = new Thread(task, MODEL);
                thread.setDaemon(true);
                return thread;
              });
      PretendJudge judge = new PretendJudge(server, threads);
      server.setExecutor(threads);
      server.createContext("/", judge::answer);
      server.start();
      return judge;
    } catch (IOException e) {
      throw new UncheckedIOException("no port is free on this machine", e);
    }
  }

  /** Pays this much more, of a scale from 0 to 1, for a hundred words more. */
  public PretendJudge prefersLonger(double gain) {
    return set(Habit.LONGER, gain);
  }

  /** Pays this much more for the answer that it sees first, where it sees several. */
  public PretendJudge prefersFirst(double gain) {
    return set(Habit.FIRST, gain);
  }

  /** Adds a normal error of this standard deviation, of a scale from 0 to 1, to each answer. */
  public PretendJudge isNoisy(double deviation) {
    return set(Habit.NOISE, deviation);
  }

  /** Pays this much more for an answer that says it is correct. */
  public PretendJudge believesClaims(double gain) {
    return set(Habit.GULLIBLE, gain);
  }

  /** Refuses this share of the questions. */
  public PretendJudge refuses(double share) {
    return set(Habit.REFUSES, share);
  }

  /** Answers this share of the questions in prose. */
  public PretendJudge breaksJson(double share) {
    return set(Habit.BREAKS_JSON, share);
  }

  /** Answers this share of the requests with "too many". */
  public PretendJudge throttles(double share) {
    return set(Habit.THROTTLES, share);
  }

  /** Draws everything that is random from this seed; begins every series anew. */
  public synchronized PretendJudge seed(long value) {
    seed = value;
    asked.clear();
    return this;
  }

  private synchronized PretendJudge set(Habit habit, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(habit + " (" + value + ") must be a finite number");
    }
    habits.put(habit, value);
    return this;
  }

  private synchronized double habit(Habit habit) {
    return habits.getOrDefault(habit, 0.0);
  }

  /** Returns its base address. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** Returns a judge that asks it, without a cache. */
  public Judge judge() {
    return Judge.at(url(), MODEL);
  }

  /** Returns what it is, with the habits that it has. */
  @Override
  public synchronized String toString() {
    String own =
        habits.entrySet().stream()
            .filter(habit -> habit.getValue() != 0)
            .map(habit -> habit.getKey().words + " " + habit.getValue())
            .collect(Collectors.joining(", "));
    return "a rule that pretends to be a judge" + (own.isEmpty() ? "" : "; " + own);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Returns the random numbers of a question: the same for its first, second .. time. */
  private synchronized SplittableRandom random(String question) {
    int times = asked.merge(question, 1, Integer::sum);
    long key = question.hashCode() * 0x9E3779B97F4A7C15L + times * 0xBF58476D1CE4E5B9L + seed;
    return new SplittableRandom(new SplittableRandom(key).nextLong());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = ChatJson.parse(exchange.getRequestBody().readAllBytes());
      JsonNode messages = request.path("messages");
      String question = messages.path(messages.size() - 1).path("content").asText();
      SplittableRandom random = random(question);
      int status = 200;
      ObjectNode reply;
      if (random.nextDouble() < habit(Habit.THROTTLES)) {
        status = 429;
        exchange.getResponseHeaders().set("Retry-After", "0");
        reply = JSON.createObjectNode();
        reply.putObject("error").put("message", "too many requests at once");
      } else {
        reply = reply(question, random);
      }
      byte[] body = JSON.writeValueAsBytes(reply);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private ObjectNode reply(String question, SplittableRandom random) {
    PretendReading reading = PretendReading.of(question);
    ObjectNode reply = JSON.createObjectNode().put("model", MODEL);
    ObjectNode choice = reply.putArray("choices").addObject().put("finish_reason", "stop");
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    String text = "";
    if (random.nextDouble() < habit(Habit.REFUSES)) {
      message.putNull("content").put("refusal", "I would rather not say.");
    } else {
      boolean broken = random.nextDouble() < habit(Habit.BREAKS_JSON);
      text = reading.verdict(worth(reading, random)).toString();
      text = broken ? "I think this deserves " + text + " or so." : text;
      message.put("content", text);
    }
    ObjectNode usage = reply.putObject("usage");
    usage.put("prompt_tokens", question.length() / 4).put("completion_tokens", text.length() / 4);
    return reply;
  }

  /** Returns what each answer is worth to it, from 0 to 1 before its habits. */
  private double[] worth(PretendReading reading, SplittableRandom random) {
    double[] worth = new double[reading.answers().size()];
    for (int i = 0; i < worth.length; i++) {
      String answer = reading.answers().get(i);
      double early = worth.length < 2 ? 0 : 1 - i / (worth.length - 1.0);
      worth[i] =
          reading.merit(answer)
              + habit(Habit.LONGER) * PretendReading.words(answer).size() / 100.0
              + habit(Habit.FIRST) * early
              + habit(Habit.GULLIBLE) * (PretendReading.claims(answer) ? 1 : 0)
              + habit(Habit.NOISE) * random.nextGaussian();
    }
    return worth;
  }
}
