package rft.command;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rft.run.NumberText;
import rft.run.PrintableText;

/** Answers beside each other in plain text. */
final class PairText {
  private final StringBuilder text = new StringBuilder();

  static String of(DiffInspection diff) {
    PairText page = new PairText();
    page.line(
        "%s beside %s: %s x %s with the same draws (seed %d), scored by %s"
            .formatted(
                diff.left(),
                diff.right(),
                NumberText.counted(diff.asked(), "task"),
                NumberText.counted(diff.samples(), "answer"),
                diff.seed(),
                diff.reward()));
    page.line("mean reward %.3f and %.3f".formatted(diff.leftMean(), diff.rightMean()));
    for (DiffInspection.TaskPair task : diff.tasks()) {
      page.task(task.taskId(), task.prompt(), task.reference());
      for (DiffInspection.Pair pair : task.pairs()) {
        page.answer("  left   ", pair.left());
        if (pair.same()) {
          page.line("  right  the same, token by token");
        } else {
          page.answer("  right  ", pair.right());
          page.line(
              "         alike for "
                  + NumberText.counted(pair.common(), "token")
                  + ": "
                  + parting(pair));
        }
      }
    }
    return page.text.toString().stripTrailing();
  }

  private static String parting(DiffInspection.Pair pair) {
    return "then "
        + token(pair.left(), pair.common())
        + " and "
        + token(pair.right(), pair.common());
  }

  private static String token(AnswerSight answer, int place) {
    if (place >= answer.tokens().size()) {
      return "nothing";
    }
    TokenSight token = answer.tokens().get(place);
    Double logProb = token.logProb();
    return "\""
        + PrintableText.line(token.text().isEmpty() ? token.mark() : token.text())
        + "\""
        + (logProb == null ? "" : " (p %.3f)".formatted(Math.exp(logProb)));
  }

  /** Begins a task. */
  PairText task(String id, String prompt, @Nullable String reference) {
    line("");
    line(id);
    prompt.lines().forEach(each -> line("  " + each));
    if (reference != null && !reference.isEmpty()) {
      line("  reference: " + reference.lines().collect(Collectors.joining("\\n")));
    }
    return this;
  }

  /** Adds an answer with its reward. */
  PairText answer(String lead, AnswerSight answer) {
    return line(
        lead
            + "%7s  ".formatted(answer.rewardText())
            + answer.text()
            + (answer.cut() ? " [cut]" : ""));
  }

  PairText line(String line) {
    text.append(PrintableText.line(line)).append('\n');
    return this;
  }

  @Override
  public String toString() {
    return text.toString().stripTrailing();
  }
}
