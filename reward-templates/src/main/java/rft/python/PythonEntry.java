package rft.python;

import java.util.List;

/** The functions by which a Python file is a reward, in the order in which they are looked for. */
enum PythonEntry {
  /** A function of AWS Lambda: a whole group as an event, a list of results. */
  HANDLER("lambda_handler", "event, context"),
  /** A grader as OpenAI runs them: one completion, one number. */
  GRADE("grade", "sample, item"),
  /** One completion as plain values, each by its name. */
  REWARD("reward", "completion, answer, prompt, task, rollout");

  private final String function;
  private final String arguments;

  PythonEntry(String function, String arguments) {
    this.function = function;
    this.arguments = arguments;
  }

  /** Returns the function's name. */
  String function() {
    return function;
  }

  /** Returns what it may be given. */
  List<String> arguments() {
    return List.of(arguments.split(", "));
  }

  /** Returns how it is written, for example {@code grade(sample, item)}. */
  String signature() {
    return function + "(" + arguments + ")";
  }
}
