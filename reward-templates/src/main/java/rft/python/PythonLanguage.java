package rft.python;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import rft.grader.GraderLanguage;
import rft.lambda.EventShape;
import rft.lambda.LambdaReward;
import rft.reward.GroupReward;
import rft.reward.RewardLanguage;
import rft.sandbox.Limits;
import rft.sandbox.NoSandboxException;
import rft.sandbox.PythonException;
import rft.sandbox.PythonFunction;
import rft.sandbox.Sandboxes;

/**
 * Rewards that are Python files: an unchanged {@code lambda_function.py} of Amazon Bedrock, a
 * grader's {@code grade(sample, item)}, or a function {@code reward} of plain values. They run in
 * the sandbox, in an interpreter that stays warm.
 */
public final class PythonLanguage implements RewardLanguage {
  /** What rewards of this language say they are written in. */
  public static final String NAME = "python";

  /** Longer than any judge waits, who ends a call by an interrupt. */
  private static final Duration LONGEST_CALL = Duration.ofMinutes(5);

  /** For the service loader. */
  public PythonLanguage() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> fileEndings() {
    return List.of(".py");
  }

  @Override
  public void check(String name, String source) {
    PythonSource.of(name, source);
  }

  @Override
  public GroupReward load(String name, String source) {
    requireSandbox();
    PythonSource python = PythonSource.of(name, source);
    Limits limits = PythonFunction.limits(LONGEST_CALL);
    String function = python.entry().function();
    return switch (python.entry()) {
      case HANDLER ->
          new LambdaReward(
              new PythonHandler(
                  warm(PythonFunction.ofLambda(python.file(), source, function, limits))),
              EventShape.readBy(source));
      case GRADE -> new GraderLanguage().load(name, graderOf(python));
      case REWARD ->
          new PythonReward(
              warm(new PythonFunction(python.file(), source, function, limits)),
              python.arguments());
    };
  }

  private static String graderOf(PythonSource python) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "python")
        .put("name", python.file())
        .put("source", python.text())
        .toString();
  }

  private static void requireSandbox() {
    try {
      Sandboxes.standard();
    } catch (NoSandboxException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Starts the interpreter now, where no judge's time runs. */
  private static PythonFunction warm(PythonFunction function) {
    try {
      function.start();
    } catch (PythonException e) {
      // It comes again with each call, as the failure of what is scored.
      return function;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return function;
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while the sandbox was started", e);
  }
}
