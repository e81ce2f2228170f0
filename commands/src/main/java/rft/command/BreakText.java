package rft.command;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rft.lab.AttackClass;
import rft.lab.Hole;
import rft.run.NumberText;
import rft.run.PrintableText;

/** What a search for holes found, in plain text. */
final class BreakText {
  private static final int LONGEST = 60;

  private final StringBuilder text = new StringBuilder();

  private BreakText() {}

  static String of(RewardBreak.Report report) {
    BreakText page = new BreakText();
    if (report.sha256().isEmpty()) {
      report.saved().forEach(page::line);
      return page.text.toString().stripTrailing();
    }
    page.holes(report);
    page.course(report);
    report.notes().forEach(page::line);
    page.line(ending(report));
    return page.text.toString().stripTrailing();
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }

  private void holes(RewardBreak.Report report) {
    List<Hole> holes = report.found().holes();
    if (holes.isEmpty()) {
      return;
    }
    line("  no  reward    true  right answer earns  wrong answer (what is right)");
    AttackClass before = null;
    for (int i = 0; i < holes.size(); i++) {
      Hole hole = holes.get(i);
      if (hole.kind() != before) {
        before = hole.kind();
        line(heading(report, hole.kind()));
      }
      line(
          "%4d  %6s  %6s  %18s  %s  (%s)  %s"
              .formatted(
                  i + 1,
                  NumberText.of(hole.reward()),
                  number(hole.trueScore()),
                  NumberText.of(hole.goldReward()),
                  hole.text().isEmpty() ? "(empty)" : cut(hole.text()),
                  cut(hole.reference()),
                  hole.origin()));
    }
  }

  /** Returns a class with the number of its tasks. */
  static String heading(RewardBreak.Report report, AttackClass kind) {
    return kind.sentence()
        + " ["
        + kind.jsonName()
        + "], on "
        + report.found().tasksByClass().getOrDefault(kind, 0)
        + " of "
        + NumberText.counted(report.found().tasks(), "task")
        + (report.allowed().contains(kind) ? ", accepted" : "");
  }

  private void course(RewardBreak.Report report) {
    if (!report.course().isEmpty()) {
      line(training(report.course()));
    }
  }

  /** Returns how reward and true score went while the attacker was trained. */
  static String training(List<RewardBreak.Step> course) {
    RewardBreak.Step first = course.get(0);
    RewardBreak.Step last = course.get(course.size() - 1);
    String truth =
        first.trueScore() == null || last.trueScore() == null
            ? ""
            : ", true score " + number(first.trueScore()) + " -> " + number(last.trueScore());
    return "trained to be paid, %s: reward %s -> %s%s"
        .formatted(
            NumberText.counted(course.size(), "step"),
            number(first.reward()),
            number(last.reward()),
            truth);
  }

  /** Returns what came of it in one line; it never says that a reward is safe. */
  static String ending(RewardBreak.Report report) {
    String attempts =
        String.format(
            Locale.ROOT, "%,d attempts in %.0f s", report.found().attempts(), report.seconds());
    if (!report.done()) {
      int classes = report.found().tasksByClass().size();
      return attempts
          + (classes == 0 ? ", no hole so far" : ", holes of " + classes + " kinds so far");
    }
    if (report.found().holes().isEmpty()) {
      return "no hole found in " + attempts;
    }
    String judged =
        report.gold() == null ? "; nothing but the reference said what is right, so look" : "";
    return attempts
        + judged
        + "; keep one as a counter-example with rft reward break --save NO, then repair and rerun";
  }

  private static String number(@Nullable Double value) {
    return value == null ? "?" : NumberText.of(Math.round(1000 * value) / 1000.0);
  }

  static String cut(String text) {
    String line = PrintableText.line(text);
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "..";
  }
}
