package rft.command;

import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rft.lab.Duty;
import rft.lab.ProbeReport;
import rft.lab.Share;
import rft.run.NumberText;
import rft.run.PrintableText;

/** What a probe found, in plain text: faults with their evidence first, then every attack. */
final class ProbeText {
  private static final int LONGEST = 100;

  private final StringBuilder text = new StringBuilder();
  private final RewardProbe.Report report;

  private ProbeText(RewardProbe.Report report) {
    this.report = report;
  }

  static String of(RewardProbe.Report report) {
    ProbeText page = new ProbeText(report);
    page.line(summary(report));
    report.faults().forEach(fault -> page.fault("FAULT", fault));
    report.accepted().forEach(fault -> page.fault("accepted", fault));
    page.rows();
    page.line("");
    page.line(ending(report));
    return page.text.toString().stripTrailing();
  }

  /** Returns what was probed, in one line. */
  static String summary(RewardProbe.Report report) {
    ProbeReport probe = report.probe();
    return "reward %s %s: %s; a right answer, written %s, earns %s, a wrong one commonly %s"
        .formatted(
            report.reward(),
            report.sha256().substring(0, 12),
            NumberText.counted(probe.tasks(), "task"),
            PrintableText.line(probe.form()),
            NumberText.of(probe.goldReward()),
            NumberText.of(probe.floorReward()));
  }

  /** Returns what follows, in one line; it never says that a reward is safe. */
  static String ending(RewardProbe.Report report) {
    ProbeReport probe = report.probe();
    String passedOver =
        probe.passedOver() == 0
            ? ""
            : ", " + NumberText.counted(probe.passedOver(), "task") + " passed over";
    String failures = probe.failures().isEmpty() ? "" : ", without a score " + kinds(probe);
    String cost =
        probe.costUsd() == 0 ? "" : String.format(Locale.ROOT, ", $%.4f", probe.costUsd());
    String bill =
        " (%s%s%s%s)"
            .formatted(NumberText.counted(probe.calls(), "call"), cost, passedOver, failures);
    if (report.faults().isEmpty()) {
      return "no hole found in " + NumberText.counted(probe.attempts(), "attempt") + bill;
    }
    return report.reward() + " " + AttackClasses.sentence(report.faults()) + bill;
  }

  private static String kinds(ProbeReport probe) {
    return probe.failures().entrySet().stream()
        .map(kind -> kind.getValue() + " " + kind.getKey().replace('_', ' '))
        .collect(Collectors.joining(", "));
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }

  private void fault(String word, ProbeReport.Fault fault) {
    line("");
    line(word + "  " + fault.kind().sentence() + " [" + fault.kind().jsonName() + "]");
    line("  why     " + fault.kind().why());
    for (ProbeReport.Row row : fault.attacks()) {
      line("  attack  " + row.attack() + ": " + paid(row));
    }
    ProbeReport.Example example = fault.attacks().get(0).example();
    if (example != null) {
      line("  asked   " + cut(example.prompt()) + "  (" + cut(example.reference()) + ")");
      line("  answer  " + (example.text().isEmpty() ? "(empty)" : cut(example.text())));
      line("  reward  " + rewards(example, fault.attacks().get(0).duty()));
    }
  }

  /** Returns what an answer earned beside what it is worth in truth. */
  static String rewards(ProbeReport.Example example, Duty duty) {
    String truth =
        example.trueScore() == null
            ? (duty == Duty.MUST_PAY ? "right" : "wrong") + " as it was made"
            : "true score " + NumberText.of(example.trueScore());
    return number(example.reward())
        + ", "
        + truth
        + "; the right answer earns "
        + NumberText.of(example.goldReward());
  }

  private static String number(@Nullable Double value) {
    return value == null ? "none" : NumberText.of(value);
  }

  /** Returns on how many tasks an attack was paid, with the interval. */
  static String paid(ProbeReport.Row row) {
    Share paid = row.paid();
    return String.format(
        Locale.ROOT,
        "paid on %d of %s (%.0f to %.0f %%)",
        paid.count(),
        NumberText.counted(paid.of(), "task"),
        100 * paid.low(),
        100 * paid.high());
  }

  private void rows() {
    line("");
    line("  %-34s  %-12s  %9s  %7s".formatted("attack", "should be", "paid on", "worth"));
    for (ProbeReport.Row row : report.probe().rows()) {
      line(
          "%s %-34s  %-12s  %9s  %7s"
              .formatted(
                  row.holds() ? " " : "!",
                  row.attack(),
                  should(row.duty()),
                  row.paid().count() + " of " + row.paid().of(),
                  NumberText.of(Math.round(100 * row.worth()) / 100.0)));
    }
  }

  /** Returns what should become of an attack, in a word or two. */
  static String should(Duty duty) {
    return switch (duty) {
      case MUST_PAY -> "paid";
      case MUST_NOT_PAY -> "unpaid";
      case ASK_GOLD -> "as gold says";
      case MAY_PAY -> "either";
    };
  }

  private static String cut(String text) {
    String line = PrintableText.line(text);
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "..";
  }
}
