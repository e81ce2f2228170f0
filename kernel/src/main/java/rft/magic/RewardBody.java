package rft.magic;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The Java that surrounds the lines of a reward for whoever completes or explains them. */
final class RewardBody {
  /** What a body can use, and what each is. */
  static final Map<String, String> VARIABLES =
      Map.of(
          "completion", "String completion: the text that the model wrote",
          "answer", "String answer: the reference as text; task.reference() is its JSON",
          "prompt", "String prompt: the task's messages as text",
          "task", "Task task: the row of the dataset",
          "rollout", "Completion rollout: the whole answer: messages, finish reason, token count");

  private static final Pattern METHOD =
      Pattern.compile(
          // Looks once from each bracket: a long text in quotes has many, and no end of a method.
          "(?m)^[ \\t]*[\\w<>\\[\\]. ,@()]*\\b\\w+[ \\t]+\\w+[ \\t]*\\((?=[^;{}]*\\))[^;{}]*+\\{");
  private static final Pattern STATEMENT =
      Pattern.compile("^[ \\t]*(?:if|for|while|switch|try|else|do|return|synchronized)\\b");

  private RewardBody() {}

  /** Returns whether the lines below a magic are Java. */
  static boolean isJava(Part.Magic magic) {
    return !List.of(magic.tail().strip().split("\\s+")).contains(RewardMagic.PYTHON);
  }

  /** Returns the head of a class or of a method, whichever the lines stand in. */
  static String prefix(String body) {
    boolean hasMethods =
        METHOD.matcher(body).results().anyMatch(match -> !STATEMENT.matcher(match.group()).find());
    return hasMethods
        ? "class Reward { "
        : "Object reward(" + RewardMagic.PARAMETERS + ") throws Exception { ";
  }
}
