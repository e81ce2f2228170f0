package rft.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A function of a Python source, called in a sandboxed interpreter that stays warm between calls.
 *
 * <p>Arguments and value are JSON. What the function prints is not taken for its value; it reads an
 * empty standard input. After it hung, died or printed without end the next call gets a new
 * interpreter, and the source runs anew. Calls happen one at a time. Code that the function itself
 * runs in its interpreter, with {@code exec} for example, can do all that the function can, forge
 * its value too.
 */
public final class PythonFunction implements AutoCloseable {
  static final String SCRIPT = "worker.py";

  /** An interpreter and its imports may take this long, however short a call must be. */
  private static final Duration LEAST_TO_START = Duration.ofSeconds(20);

  private static final String NO_NETWORK = "there is no network in the sandbox";

  private final String source;
  private final String file;
  private final String function;
  private final Limits limits;
  private final boolean isLambda;
  private @Nullable PythonWorker worker;
  private boolean closed;
  private long calls;

  /**
   * @param source the whole module
   * @param function name of one of its functions
   * @param limits the wall clock counts for each call
   */
  public PythonFunction(String source, String function, Limits limits) {
    this("function.py", source, function, limits, false);
  }

  /**
   * @param file what messages call the source
   */
  public PythonFunction(String file, String source, String function, Limits limits) {
    this(file, source, function, limits, false);
  }

  private PythonFunction(
      String file, String source, String function, Limits limits, boolean isLambda) {
    this.file = file;
    this.source = source;
    this.function = function;
    this.limits = limits;
    this.isLambda = isLambda;
  }

  /**
   * Returns a handler as AWS Lambda calls it: its last argument is a context object with the usual
   * attributes, which the caller does not give.
   */
  public static PythonFunction ofLambda(
      String file, String source, String function, Limits limits) {
    return new PythonFunction(file, source, function, limits, true);
  }

  /** Returns limits that suit graders: the time, 2 GiB, values of up to 1 MiB. */
  public static Limits limits(Duration time) {
    return Limits.standard().withTime(time).withMemory(2L << 30).withOutput(1 << 20);
  }

  /**
   * Starts the interpreter and runs the source, if that did not happen yet.
   *
   * @throws PythonException if the source raises, or has no such function
   * @throws NoSandboxException if this machine has none, or no Python in it
   */
  public synchronized void start() throws IOException, InterruptedException {
    if (closed) {
      throw new IllegalStateException("this Python function is closed: make a new one");
    }
    if (worker != null) {
      return;
    }
    ObjectNode question = PythonWorker.JSON.createObjectNode();
    question.put("source", source).put("file", file).put("function", function);
    question.put("lambda", isLambda);
    boolean isShort = limits.wallClock().compareTo(LEAST_TO_START) < 0;
    PythonWorker fresh = PythonWorker.start(Sandboxes.standard(), SCRIPT, limits);
    worker = fresh;
    try {
      value(fresh, question, isShort ? LEAST_TO_START : limits.wallClock());
    } catch (PythonException e) {
      end();
      throw e;
    }
  }

  /**
   * Returns the function's value for these arguments. A number of it may be NaN or infinite.
   *
   * @throws PythonException if there is none
   * @throws NoSandboxException if this machine has none, or no Python in it
   * @throws InterruptedException if the caller is interrupted; the interpreter is gone then
   */
  public synchronized JsonNode call(List<JsonNode> arguments)
      throws IOException, InterruptedException {
    start();
    ObjectNode question = PythonWorker.JSON.createObjectNode();
    question.putArray("arguments").addAll(arguments);
    question.put("millis", limits.wallClock().toMillis());
    if (isLambda) {
      question.put("request", new UUID(0, ++calls).toString());
    }
    return value(Objects.requireNonNull(worker), question, limits.wallClock());
  }

  private JsonNode value(PythonWorker asked, ObjectNode question, Duration time)
      throws PythonException, InterruptedException {
    JsonNode answer;
    try {
      answer = asked.ask(question, time);
    } catch (PythonException | InterruptedException e) {
      end();
      throw e;
    }
    if (answer.has("value")) {
      return answer.get("value");
    }
    throw failure(answer, asked.interpreter());
  }

  private PythonException failure(JsonNode answer, PythonInterpreter interpreter) {
    PythonException.Kind kind = PythonException.Kind.valueOf(answer.path("kind").asText());
    return switch (kind) {
      case NO_FUNCTION -> new PythonException(kind, 0, noFunction(answer.path("found")));
      case RAISED ->
          new PythonException(kind, answer.path("line").asInt(), raised(answer, interpreter));
      default -> new PythonException(kind, 0, answer.path("message").asText());
    };
  }

  private String noFunction(JsonNode found) {
    List<String> names = new ArrayList<>();
    found.forEach(name -> names.add(name.asText()));
    return file
        + " has no function "
        + function
        + (names.isEmpty() ? ", nor any other" : "; it has " + String.join(", ", names));
  }

  private String raised(JsonNode answer, PythonInterpreter interpreter) {
    String message = answer.path("message").asText();
    String text = answer.path("text").asText();
    String place =
        answer.path("line").isInt()
            ? " ("
                + file
                + " line "
                + answer.path("line")
                + (text.isEmpty() ? "" : ": " + text)
                + ")"
            : "";
    String hint =
        switch (answer.path("cause").asText()) {
          case "network" -> "; " + NO_NETWORK;
          case "module" ->
              "; "
                  + interpreter.program()
                  + " lacks it: install it there, or name another Python with "
                  + PythonInterpreter.VARIABLE
                  + passedOver(interpreter)
                  + (message.contains("boto") ? "; " + NO_NETWORK + ", so calls of AWS fail" : "");
          default -> "";
        };
    return answer.path("type").asText() + (message.isEmpty() ? "" : ": " + message) + place + hint;
  }

  private static String passedOver(PythonInterpreter interpreter) {
    return interpreter.passedOver().isEmpty()
        ? ""
        : " (" + String.join("; ", interpreter.passedOver()) + ")";
  }

  private void end() {
    if (worker != null) {
      worker.close();
      worker = null;
    }
  }

  /** Ends the interpreter. */
  @Override
  public synchronized void close() {
    closed = true;
    end();
  }
}
