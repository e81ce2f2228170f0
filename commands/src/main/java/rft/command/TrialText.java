package rft.command;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rft.loop.Evaluation;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.run.NumberText;
import rft.run.PrintableText;

/** What a reward makes of completions, in plain text: sums first, then the telling rows. */
final class TrialText {
  private static final int MOST_ROWS = 30;
  private static final int LONGEST = 80;

  private final StringBuilder text = new StringBuilder();
  private final RewardTry.Report report;

  private TrialText(RewardTry.Report report) {
    this.report = report;
  }

  static String of(RewardTry.Report report) {
    TrialText page = new TrialText(report);
    String weights = report.weights().isEmpty() ? "" : "  " + GroupText.weights(report.weights());
    page.line("reward " + report.reward() + " " + report.sha256().substring(0, 12) + weights);
    page.summary("references", report.references());
    page.summary("rollouts", report.rollouts());
    if (!report.parts().means().isEmpty()) {
      page.line("  parts       " + GroupText.weights(report.parts().means()) + " on average");
    }
    report.parts().cancellations().forEach(pair -> page.line("  note: " + pair.sentence()));
    if (report.leftOut() > 0) {
      page.line(
          "  "
              + NumberText.counted(report.leftOut(), "rollout")
              + " left out: their tasks are not in the dataset");
    }
    page.rows();
    return page.text.toString().stripTrailing();
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }

  private void summary(String what, TrialSummary summary) {
    if (summary.completions() == 0) {
      return;
    }
    String mean =
        summary.mean() == null || summary.std() == null
            ? ""
            : ", mean " + NumberText.of(summary.mean()) + ", std " + NumberText.of(summary.std());
    line(
        "  %-10s  %d scored of %d%s, %d with full marks%s%s"
            .formatted(
                what,
                summary.scored(),
                summary.completions(),
                mean,
                summary.fullMarks(),
                summary.abstained() == 0 ? "" : ", " + summary.abstained() + " abstained",
                failures(summary.failures())));
    agreement(summary.withStored());
  }

  private static String failures(Map<String, Integer> failures) {
    return failures.isEmpty()
        ? ""
        : failures.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey().replace('_', ' '))
            .collect(Collectors.joining(", ", ", failed: ", ""));
  }

  private void agreement(TrialSummary.@Nullable Agreement agreement) {
    if (agreement != null) {
      line(
          "  %-10s  %d of %d as much as when sampled, %d more with full marks, %d fewer"
              .formatted(
                  "", agreement.equal(), agreement.both(), agreement.gained(), agreement.lost()));
    }
  }

  private void rows() {
    List<RewardTry.Row> telling =
        report.rows().stream().sorted(Comparator.comparingInt(TrialText::interest)).toList();
    boolean before = telling.stream().anyMatch(row -> row.before() != null);
    line("");
    line(cells("reward", before ? "before" : "", "completion", before));
    for (RewardTry.Row row : telling.subList(0, Math.min(MOST_ROWS, telling.size()))) {
      String answer =
          row.origin() == RewardTry.Origin.REFERENCE
              ? "  (reference)"
              : "  (" + cut(row.reference()) + ")";
      line(
          cells(
              value(row.verdict()),
              row.before() == null ? "" : value(row.before()),
              cut(row.completion()) + answer + remark(row.verdict()),
              before));
    }
    if (telling.size() > MOST_ROWS) {
      line("  and " + (telling.size() - MOST_ROWS) + " more");
    }
  }

  private static String cells(String reward, String before, String rest, boolean hasBefore) {
    return "  %8s".formatted(reward) + (hasBefore ? "%10s".formatted(before) : "") + "  " + rest;
  }

  /** Orders rows by what they tell: trouble first, then changes, then the rest. */
  private static int interest(RewardTry.Row row) {
    boolean passes = row.verdict().reward().orElse(0) >= Evaluation.FULL_MARKS;
    if (row.verdict().reward().isEmpty()) {
      return 0;
    }
    if (row.origin() == RewardTry.Origin.REFERENCE) {
      return passes ? 4 : 1;
    }
    return differs(row.verdict(), row.before()) ? 2 : 3;
  }

  private static boolean differs(Verdict verdict, @Nullable Verdict other) {
    return other != null && !value(verdict).equals(value(other));
  }

  private static String value(Verdict verdict) {
    return verdict.fold(
        score -> NumberText.of(score.value()), abstain -> "abstain", failure -> "failed");
  }

  private static String remark(Verdict verdict) {
    return verdict.fold(
        TrialText::parts, abstain -> "  " + abstain.reason(), failure -> "  " + failure.detail());
  }

  private static String parts(Score score) {
    return score.parts().isEmpty()
        ? ""
        : score.parts().entrySet().stream()
            .map(part -> part.getKey() + " " + NumberText.of(part.getValue()))
            .collect(Collectors.joining(", ", "  ", ""));
  }

  private static String cut(String text) {
    String line = PrintableText.line(text);
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "..";
  }
}
