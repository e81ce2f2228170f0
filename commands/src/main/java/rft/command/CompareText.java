package rft.command;

import java.util.Locale;
import java.util.Objects;
import rft.loop.Evaluation;
import rft.run.NumberText;

/** A comparison of two models in plain text. */
final class CompareText {
  private static final int CONTRASTS = 3;

  private CompareText() {}

  static String of(Compare.Report report) {
    PairText page = new PairText();
    page.line(
        "%s beside %s on %s %s: %s x %s with the same draws, checked by %s"
            .formatted(
                report.base(),
                report.tuned(),
                report.dataset(),
                report.split(),
                NumberText.counted(report.tasks(), "task"),
                NumberText.counted(report.samples(), "answer"),
                report.reward()));
    page.line("  base        " + estimate(report.baseAccuracy()));
    page.line("  tuned       " + estimate(report.tunedAccuracy()));
    page.line(
        "  difference  %+.3f (%+.3f to %+.3f), paired by task, 95 %% interval"
            .formatted(
                report.difference().mean(), report.difference().low(), report.difference().high()));
    page.line(
        "  gained %d, lost %d, unchanged %s"
            .formatted(
                report.gained(), report.lost(), NumberText.counted(report.unchanged(), "task")));
    for (Contrast.Outcome outcome : Contrast.Outcome.values()) {
      int most = outcome == Contrast.Outcome.UNCHANGED ? 1 : CONTRASTS;
      for (Compare.TaskComparison pair : report.contrasts(outcome, most)) {
        contrast(page, report, pair);
      }
    }
    page.line("").line("all tasks, right answers of " + report.samples() + " before and after");
    for (Compare.TaskComparison pair : report.pairs()) {
      page.line(
          "  %-9s  %d -> %d  %s"
              .formatted(
                  word(pair.outcome()), pair.basePassed(), pair.tunedPassed(), pair.taskId()));
    }
    return page.toString();
  }

  private static void contrast(PairText page, Compare.Report report, Compare.TaskComparison pair) {
    page.task(
        "%s: %s, %d of %d right before, %d after"
            .formatted(
                word(pair.outcome()),
                pair.taskId(),
                pair.basePassed(),
                report.samples(),
                pair.tunedPassed()),
        pair.prompt(),
        pair.reference());
    page.answer("  base   ", pair.base().get(pair.telling()));
    page.answer("  tuned  ", pair.tuned().get(pair.telling()));
  }

  static String word(Contrast.Outcome outcome) {
    return Objects.requireNonNull(outcome.name()).toLowerCase(Locale.ROOT);
  }

  private static String estimate(Evaluation.Estimate estimate) {
    return "%.3f (%.3f to %.3f)".formatted(estimate.mean(), estimate.low(), estimate.high());
  }
}
