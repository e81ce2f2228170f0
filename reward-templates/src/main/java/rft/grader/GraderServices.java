package rft.grader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import rft.judge.ChatModel;
import rft.sandbox.Limits;
import rft.sandbox.PythonFunction;

/** What graders need besides the answer: models, embeddings, and a sandbox for Python. */
public final class GraderServices implements AutoCloseable {
  private static final Duration PYTHON_TIME = Duration.ofMinutes(2);
  private static final long DISK_BYTES = 1L << 30;

  private final Function<String, ChatModel> models;
  private final Embeddings embeddings;
  private final List<PythonFunction> functions = new ArrayList<>();

  /**
   * @param models the model that stands in for one that a grader names
   * @param environment holds the settings of embeddings
   */
  GraderServices(Function<String, ChatModel> models, Map<String, String> environment) {
    this.models = models;
    this.embeddings = new Embeddings(environment);
  }

  /** Returns what the environment of this process names. */
  public static GraderServices standard() {
    return new GraderServices(StandInModels.of(System.getenv()), System.getenv());
  }

  ChatModel model(String name) {
    return models.apply(name);
  }

  Embeddings embeddings() {
    return embeddings;
  }

  /** Returns how a Python grader is called: in the sandbox, within the limits of the service. */
  Evaluation python(Grader.Python grader) {
    Limits usual = PythonFunction.limits(PYTHON_TIME);
    Limits limits =
        new Limits(
            PYTHON_TIME,
            PYTHON_TIME,
            usual.memoryBytes(),
            usual.processes(),
            DISK_BYTES,
            DISK_BYTES,
            usual.outputBytes());
    PythonFunction function = new PythonFunction(grader.name(), grader.source(), "grade", limits);
    functions.add(function);
    return new PythonGrade(function);
  }

  /** Ends the interpreters. */
  @Override
  public void close() {
    functions.forEach(PythonFunction::close);
  }
}
