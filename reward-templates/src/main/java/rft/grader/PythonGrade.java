package rft.grader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import rft.reward.Failure;
import rft.sandbox.NoSandboxException;
import rft.sandbox.PythonException;
import rft.sandbox.PythonFunction;

/** Calls the function {@code grade(sample, item)} of a Python grader. */
record PythonGrade(PythonFunction function) implements Evaluation {
  @Override
  public double value(Grading grading) throws GradingException, InterruptedException {
    try {
      return number(function.call(List.of(sample(grading.sample()), grading.item())));
    } catch (NoSandboxException e) {
      throw failed(Failure.Kind.NO_SANDBOX, String.valueOf(e.getMessage()));
    } catch (PythonException e) {
      throw failed(kind(e.kind()), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw failed(Failure.Kind.WORKER_DIED, "the sandbox failed: " + e.getMessage());
    }
  }

  /** Returns the sample with every key that the function may ask for, empty where there is none. */
  private static ObjectNode sample(ObjectNode sample) {
    ObjectNode whole = sample.deepCopy();
    for (String key : List.of("output_json", "output_audio")) {
      if (!whole.has(key)) {
        whole.putObject(key);
      }
    }
    return whole;
  }

  private static double number(JsonNode value) throws GradingException {
    if (!value.isNumber()) {
      throw failed(
          Failure.Kind.EXCEPTION,
          "grade returned "
              + (value.isNull() ? "None" : value.toString())
              + ": return a float on every path");
    }
    double number = value.doubleValue();
    if (Double.isNaN(number)) {
      throw failed(Failure.Kind.NOT_A_NUMBER, "grade returned nan");
    }
    if (Double.isInfinite(number)) {
      throw failed(Failure.Kind.OUT_OF_RANGE, "grade returned an infinite number");
    }
    return number;
  }

  private static Failure.Kind kind(PythonException.Kind kind) {
    return switch (kind) {
      case RAISED, NOT_JSON, NO_FUNCTION -> Failure.Kind.EXCEPTION;
      case TIMED_OUT -> Failure.Kind.TIMEOUT;
      case DIED, OUTPUT_LIMIT -> Failure.Kind.WORKER_DIED;
    };
  }

  private static GradingException failed(Failure.Kind kind, String detail) {
    return new GradingException(GraderError.ofPython(kind), kind, detail);
  }
}
