package rft.display;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import rft.command.RewardTry;
import rft.command.TrialSummary;
import rft.reward.Verdict;
import rft.run.NumberText;

/** Shows what a reward makes of completions. */
final class TrialViews {
  private TrialViews() {}

  static Shown report(RewardTry.Report report) {
    Page page =
        new Page()
            .heading(
                "reward " + report.reward(),
                "%s in %s"
                    .formatted(
                        NumberText.counted(report.rows().size(), "completion"),
                        RunChart.seconds(report.seconds())));
    summary(page, "reference answers", report.references());
    summary(page, "rollouts", report.rollouts());
    if (!report.parts().means().isEmpty()) {
      StringJoiner parts = new StringJoiner(", ");
      report.parts().means().forEach((part, mean) -> parts.add(part + " " + NumberText.of(mean)));
      page.say("parts, on average: " + parts);
    }
    report.parts().cancellations().forEach(pair -> page.trouble(pair.sentence()));
    if (report.leftOut() > 0) {
      page.note(
          NumberText.counted(report.leftOut(), "rollout")
              + " left out: the dataset lacks their tasks");
    }
    report.problem().ifPresent(page::trouble);
    return page.add(rows(report)).shown();
  }

  private static void summary(Page page, String what, TrialSummary summary) {
    if (summary.completions() == 0) {
      return;
    }
    StringJoiner said = new StringJoiner(", ");
    said.add(summary.fullMarks() + " of " + summary.completions() + " with full marks");
    if (summary.mean() != null && summary.std() != null) {
      said.add("mean " + NumberText.of(summary.mean()) + ", std " + NumberText.of(summary.std()));
    }
    if (summary.abstained() > 0) {
      said.add(summary.abstained() + " abstained");
    }
    page.say(what + ": " + said);
    if (!summary.failures().isEmpty()) {
      page.trouble(what + " whose reward failed: " + summary.failures());
    }
    agreement(page, summary.withStored());
  }

  private static void agreement(Page page, TrialSummary.@Nullable Agreement agreement) {
    if (agreement != null) {
      Double difference = agreement.meanDifference();
      page.note(
          "%d of %d scored the same as when they were sampled; %d gained full marks, %d lost them%s"
              .formatted(
                  agreement.equal(),
                  agreement.both(),
                  agreement.gained(),
                  agreement.lost(),
                  difference == null ? "" : "; mean difference " + NumberText.of(difference)));
    }
  }

  private static Sheet rows(RewardTry.Report report) {
    boolean hasBefore = report.rows().stream().anyMatch(row -> row.before() != null);
    // A group answers much alike: equal rows are one, with their number.
    Map<RewardTry.Row, Integer> times = new LinkedHashMap<>();
    report.rows().forEach(row -> times.merge(row, 1, Integer::sum));
    List<String> headings = new ArrayList<>(List.of("from", "task", "times", "reward"));
    if (hasBefore) {
      headings.add("when sampled");
    }
    headings.addAll(List.of("completion", "reference", "why"));
    Sheet sheet = new Sheet(headings.toArray(String[]::new));
    for (RewardTry.Row row : times.keySet()) {
      List<@Nullable Object> cells = new ArrayList<>();
      String origin = row.origin().name().toLowerCase(Locale.ROOT);
      cells.add(row.step() == null ? origin : "step " + row.step());
      cells.add(row.taskId());
      cells.add(times.get(row));
      cells.add(RewardViews.value(row.verdict()));
      if (hasBefore) {
        cells.add(value(row.before()));
      }
      cells.add(row.completion());
      cells.add(row.reference());
      cells.add(RewardViews.remark(row.verdict()));
      sheet.row(cells.toArray());
    }
    return sheet;
  }

  private static @Nullable Object value(@Nullable Verdict verdict) {
    return verdict == null ? null : RewardViews.value(verdict);
  }
}
