package rft.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A Python script of ours in a sandbox: a JSON question, a JSON answer, each marked by a nonce. */
final class PythonWorker implements AutoCloseable {
  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE_BYTES = 16;

  private final Worker worker;
  private final PythonInterpreter interpreter;

  private PythonWorker(Worker worker, PythonInterpreter interpreter) {
    this.worker = worker;
    this.interpreter = interpreter;
  }

  /**
   * Starts a script of this package's resources.
   *
   * @throws NoSandboxException if there is no Python in the sandbox
   */
  static PythonWorker start(Sandbox sandbox, String script, Limits limits)
      throws IOException, InterruptedException {
    PythonInterpreter interpreter = PythonInterpreter.in(sandbox);
    List<String> arguments = List.of(interpreter.program(), "-s", "-B", "-c", resource(script));
    Command command = new Command(arguments, Map.of(), "", limits, interpreter.visible());
    return new PythonWorker(sandbox.start(command), interpreter);
  }

  PythonInterpreter interpreter() {
    return interpreter;
  }

  /**
   * Returns the answer to a question.
   *
   * @throws PythonException if there is none; the worker is gone then
   */
  JsonNode ask(ObjectNode question, Duration time) throws PythonException, InterruptedException {
    byte[] random = new byte[NONCE_BYTES];
    RANDOM.nextBytes(random);
    String nonce = HexFormat.of().formatHex(random) + " ";
    try {
      String answer = worker.ask(nonce + JSON.writeValueAsString(question), time);
      if (!answer.startsWith(nonce)) {
        close();
        throw new PythonException(
            PythonException.Kind.DIED, 0, "it wrote to where its answers belong, and was stopped");
      }
      return JSON.readTree(answer.substring(nonce.length()));
    } catch (WorkerException e) {
      throw new PythonException(kind(e.reason()), 0, String.valueOf(e.getMessage()));
    } catch (JsonProcessingException e) {
      return notJson(e);
    } catch (PythonException e) {
      throw e;
    } catch (IOException e) {
      throw new PythonException(PythonException.Kind.DIED, 0, String.valueOf(e.getMessage()));
    }
  }

  /** An answer that only Python can read: a number of thousands of digits, or too deep a nest. */
  private static JsonNode notJson(JsonProcessingException e) {
    return JSON.createObjectNode()
        .put("kind", PythonException.Kind.NOT_JSON.name())
        .put("message", "it returned a value beyond what JSON can hold: " + e.getOriginalMessage());
  }

  private static PythonException.Kind kind(WorkerException.Reason reason) {
    return switch (reason) {
      case TIMED_OUT -> PythonException.Kind.TIMED_OUT;
      case DIED -> PythonException.Kind.DIED;
      case OUTPUT_LIMIT -> PythonException.Kind.OUTPUT_LIMIT;
    };
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PythonWorker.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    worker.close();
  }
}
