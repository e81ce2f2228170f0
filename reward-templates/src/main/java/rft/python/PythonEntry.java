package rft.python;

import java.util.List;

/** The functions by which a Python file is a reward, in the order in which they are looked for. */
enum PythonEntry {
  /** A function of AWS Lambda: a whole group as an event, a list of results. */
  HANDLER("lambda_handler", List.of("event", "context")),
  /** A grader as OpenAI runs them: one completion, one number. */
  GRADE("grade", List.of("sample", "item")),
  /** One completion as plain values, each by its name. */
  REWARD("reward", List.of("completion", "answer", "prompt", "task", "rollout"));

  private final String function;
  private final List<String> arguments;

  PythonEntry(String function, List<String> arguments) {
    this.function = function;
    this.arguments = arguments;
  }

  /** Returns the function's name. */
  String function() {
    return function;
  }

  /** Returns what it may be given. */
  List<String> arguments() {
    return arguments;
  }

  /** Returns how it is written, for example {@code grade(sample, item)}. */
  String signature() {
    return function + "(" + String.join(", ", arguments) + ")";
  }
}
