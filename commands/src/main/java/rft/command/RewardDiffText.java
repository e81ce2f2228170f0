package rft.command;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import rft.lab.VerdictDiff;
import rft.reward.Verdict;
import rft.run.NumberText;
import rft.run.PrintableText;

/** What changes from one reward to another, in plain text: numbers first, then the worst cases. */
final class RewardDiffText {
  private static final int WIDTH = 80;
  private static final int MOST_CASES = 8;
  private static final int MOST_PLACES = 8;

  private final StringBuilder text = new StringBuilder();
  private final RewardDiff.Report report;
  private final VerdictDiff diff;

  private RewardDiffText(RewardDiff.Report report) {
    this.report = report;
    this.diff = report.diff();
  }

  static String of(RewardDiff.Report report) {
    RewardDiffText page = new RewardDiffText(report);
    page.numbers();
    page.cases();
    page.source();
    return page.text.toString().stripTrailing();
  }

  private void numbers() {
    line(PrintableText.line(report.first() + " -> " + report.second()));
    line(
        "  %s, %s of %s"
            .formatted(
                NumberText.counted(diff.groups(), "group"),
                NumberText.counted(diff.answers(), "answer"),
                PrintableText.line(report.answersOf())));
    if (report.leftOut() > 0) {
      line(
          "  "
              + NumberText.counted(report.leftOut(), "group")
              + " left out: their tasks are not in the dataset");
    }
    line("");
    VerdictDiff.Scores scores = diff.scores();
    Double first = scores.firstMean();
    Double second = scores.secondMean();
    row(
        "rewards",
        "%d of %d the same%s"
            .formatted(
                scores.equal(),
                scores.both(),
                first == null || second == null
                    ? ""
                    : ", mean " + NumberText.of(first) + " -> " + NumberText.of(second)));
    VerdictDiff.Flips flips = diff.flips();
    row(
        "passing at " + NumberText.of(diff.threshold()),
        "%d -> %d: %d gained, %d lost"
            .formatted(
                flips.byBoth() + flips.lost(),
                flips.byBoth() + flips.gained(),
                flips.gained(),
                flips.lost()));
    VerdictDiff.Outcomes outcomes = diff.outcomes();
    row("failed", outcomes.firstFailed() + " -> " + outcomes.secondFailed());
    row("abstained", outcomes.firstAbstained() + " -> " + outcomes.secondAbstained());
    VerdictDiff.Order order = diff.order();
    row(
        "order in groups",
        "%d of %s inverted in %s, %s broken, %d made%s"
            .formatted(
                order.inverted(),
                NumberText.counted(order.pairs(), "pair"),
                NumberText.counted(order.groups(), "group"),
                NumberText.counted(order.parted(), "tie"),
                order.merged(),
                order.tau() == null ? "" : String.format(Locale.ROOT, ", tau %.2f", order.tau())));
    VerdictDiff.Advantages advantages = diff.advantages();
    row(
        "advantages",
        "%d change sign, %d vanish, %d appear; mean change %s"
            .formatted(
                advantages.turned(),
                advantages.vanished(),
                advantages.appeared(),
                NumberText.of(Math.rint(advantages.meanChange() * 1000) / 1000)));
    VerdictDiff.Signal signal = diff.signal();
    row(
        "groups that teach",
        "%d -> %d"
            .formatted(
                signal.both() + signal.lost().size(), signal.both() + signal.gained().size()));
    places("  gained", signal.gained());
    places("  lost", signal.lost());
  }

  private void places(String name, List<VerdictDiff.Place> places) {
    if (!places.isEmpty()) {
      String more = places.size() > MOST_PLACES ? ", .." : "";
      row(
          name,
          places.size()
              + ": "
              + places.stream()
                  .limit(MOST_PLACES)
                  .map(RewardDiffText::name)
                  .collect(Collectors.joining(", "))
              + more);
    }
  }

  private static String name(VerdictDiff.Place place) {
    Integer step = place.step();
    return place.taskId() + (step == null ? "" : "@" + step);
  }

  private void cases() {
    if (diff.cases().isEmpty()) {
      return;
    }
    line("");
    line("  change           was      is       times  answer");
    for (VerdictDiff.Case one :
        diff.cases().subList(0, Math.min(MOST_CASES, diff.cases().size()))) {
      String reference = one.reference().isEmpty() ? "" : "  (" + one.reference() + ")";
      line(
          cut(
              "  %-16s %-8s %-8s %5d  %s"
                  .formatted(
                      one.change(),
                      value(one.first()),
                      value(one.second()),
                      one.times(),
                      PrintableText.line(name(one.place()) + "  " + one.text() + reference))));
    }
    if (diff.cases().size() > MOST_CASES) {
      line("  and " + (diff.cases().size() - MOST_CASES) + " more (--json lists them)");
    }
  }

  private static String value(Verdict verdict) {
    return verdict.fold(
        score -> NumberText.of(score.value()), abstain -> "abstain", failure -> "failed");
  }

  private void source() {
    String source = report.source();
    if (source != null) {
      line("");
      if (source.isEmpty()) {
        line("  the sources are equal");
      } else {
        PrintableText.block(source).lines().forEach(this::line);
      }
    }
  }

  private void row(String name, String value) {
    String safe = PrintableText.line(value);
    StringBuilder row = new StringBuilder("  %-17s ".formatted(name));
    int indent = row.length();
    int column = indent;
    for (String word : safe.split(" ")) {
      if (column + word.length() > WIDTH && column > indent) {
        row.append('\n').append(" ".repeat(indent));
        column = indent;
      }
      row.append(word).append(' ');
      column += word.length() + 1;
    }
    row.toString().lines().forEach(this::line);
  }

  private static String cut(String line) {
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 2) + "..";
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }
}
