package rft.display;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rft.command.RewardBreak;
import rft.command.RewardProbe;
import rft.lab.AttackClass;
import rft.lab.Duty;
import rft.lab.Hole;
import rft.lab.ProbeReport;
import rft.run.NumberText;

/** Shows what a reward pays that it should not. */
final class AttackViews {
  private AttackViews() {}

  static Shown probe(RewardProbe.Report report) {
    ProbeReport probe = report.probe();
    Page page =
        new Page()
            .heading(
                "probe of " + report.reward(),
                "%s, %s, %s"
                    .formatted(
                        NumberText.counted(probe.tasks(), "task"),
                        NumberText.counted(probe.calls(), "call"),
                        RunChart.seconds(report.seconds())));
    page.note(
        "a right answer, written %s, earns %s; a wrong one commonly %s"
            .formatted(
                probe.form(),
                NumberText.of(probe.goldReward()),
                NumberText.of(probe.floorReward())));
    report.faults().forEach(fault -> fault(page, "fault", fault));
    report.accepted().forEach(fault -> fault(page, "accepted", fault));
    if (!probe.failures().isEmpty()) {
      page.trouble("rewards that failed: " + probe.failures());
    }
    if (report.faults().isEmpty()) {
      page.say("no hole found in " + probe.attempts() + " attempts");
    }
    return page.folded("every attack", attacks(probe).shown()).shown();
  }

  private static void fault(Page page, String word, ProbeReport.Fault fault) {
    page.trouble(word + ": " + fault.kind().sentence() + " [" + fault.kind().jsonName() + "]");
    page.note(fault.kind().why());
    Sheet sheet = new Sheet("attack", "paid on", "reward", "true score", "answer", "what is right");
    for (ProbeReport.Row row : fault.attacks()) {
      ProbeReport.Example example = row.example();
      if (example != null) {
        sheet.row(
            row.attack(),
            paid(row),
            example.reward(),
            example.trueScore() == null
                ? row.duty() == Duty.MUST_PAY ? "right" : "wrong"
                : example.trueScore(),
            example.text().isEmpty() ? "(empty)" : example.text(),
            example.reference());
      }
    }
    page.add(sheet);
  }

  private static String paid(ProbeReport.Row row) {
    return String.format(
        Locale.ROOT,
        "%d of %d (%.0f to %.0f %%)",
        row.paid().count(),
        row.paid().of(),
        100 * row.paid().low(),
        100 * row.paid().high());
  }

  private static Sheet attacks(ProbeReport probe) {
    Sheet sheet = new Sheet("", "attack", "class", "should be", "paid on", "worth");
    for (ProbeReport.Row row : probe.rows()) {
      sheet.row(
          row.holds() ? "" : Tone.BAD.word("!"),
          row.attack(),
          row.kind().jsonName(),
          should(row.duty()),
          paid(row),
          row.worth());
    }
    return sheet;
  }

  private static String should(Duty duty) {
    return switch (duty) {
      case MUST_PAY -> "paid";
      case MUST_NOT_PAY -> "unpaid";
      case ASK_GOLD -> "as the gold check says";
      case MAY_PAY -> "either";
    };
  }

  static Shown search(RewardBreak.Report report) {
    Page page = new Page();
    if (!report.saved().isEmpty()) {
      report.saved().forEach(page::say);
      return page.shown();
    }
    page.heading(
        (report.done() ? "tried to break " : "breaking ") + report.reward(),
        "%,d attempts in %s"
            .formatted(report.found().attempts(), RunChart.seconds(report.seconds())));
    AttackClass before = null;
    Sheet sheet = holes();
    for (int i = 0; i < report.found().holes().size(); i++) {
      Hole hole = report.found().holes().get(i);
      if (before != null && hole.kind() != before) {
        kind(page, report, before, sheet);
        sheet = holes();
      }
      before = hole.kind();
      sheet.row(
          i + 1,
          hole.reward(),
          truth(hole.trueScore()),
          hole.text().isEmpty() ? "(empty)" : hole.text(),
          hole.reference(),
          hole.origin());
    }
    if (before != null) {
      kind(page, report, before, sheet);
    }
    if (!report.course().isEmpty()) {
      page.add(course(report));
    }
    report.notes().forEach(page::note);
    return page.add(ending(report)).shown();
  }

  private static Sheet holes() {
    return new Sheet("no", "reward", "true score", "wrong answer", "what is right", "from");
  }

  private static @Nullable Object truth(@Nullable Double score) {
    return score == null ? "look yourself" : score;
  }

  private static void kind(Page page, RewardBreak.Report report, AttackClass kind, Sheet sheet) {
    page.trouble(
        "%s [%s], on %d of %s%s"
            .formatted(
                kind.sentence(),
                kind.jsonName(),
                report.found().tasksByClass().getOrDefault(kind, 0),
                NumberText.counted(report.found().tasks(), "task"),
                report.allowed().contains(kind) ? ", accepted" : ""));
    page.note(kind.why());
    page.add(sheet);
  }

  private static Sheet course(RewardBreak.Report report) {
    Sheet sheet = new Sheet("trained to be paid", "reward", "true score");
    int last = report.course().size() - 1;
    for (int i : last == 0 ? new int[] {0} : new int[] {0, last / 2, last}) {
      RewardBreak.Step step = report.course().get(i);
      sheet.row("step " + step.step(), step.reward(), step.trueScore());
    }
    return sheet;
  }

  private static @Nullable Shown ending(RewardBreak.Report report) {
    if (!report.done()) {
      return null;
    }
    return new Page()
        .say(
            report.found().holes().isEmpty()
                ? "no hole found in %,d attempts".formatted(report.found().attempts())
                : "keep one as a counter-example with %reward break --save NO, then repair and"
                    + " rerun")
        .shown();
  }
}
