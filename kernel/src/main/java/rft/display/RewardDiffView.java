package rft.display;

import java.util.List;
import java.util.Locale;
import rft.command.RewardDiff;
import rft.lab.VerdictDiff;
import rft.run.HtmlText;
import rft.run.NumberText;

/** Shows what changes from one reward to another: numbers, worst cases, sources. */
final class RewardDiffView {
  private static final int WIDTH = 300;
  private static final double WIDEST = 2.5;

  private final RewardDiff.Report report;
  private final VerdictDiff diff;
  private final Page page = new Page();

  private RewardDiffView(RewardDiff.Report report) {
    this.report = report;
    this.diff = report.diff();
  }

  static Shown of(RewardDiff.Report report) {
    RewardDiffView view = new RewardDiffView(report);
    view.head();
    view.numbers();
    view.cases();
    view.source();
    return new Shown(view.page.shown().html(), report.text().orElse(""));
  }

  private void head() {
    page.heading(
        report.first() + " \u2192 " + report.second(),
        "%s, %s of %s"
            .formatted(
                NumberText.counted(diff.groups(), "group"),
                NumberText.counted(diff.answers(), "answer"),
                report.answersOf()));
    if (report.leftOut() > 0) {
      page.note(
          NumberText.counted(report.leftOut(), "group")
              + " left out: their tasks are not in the dataset");
    }
    VerdictDiff.Flips flips = diff.flips();
    double per = WIDTH / (double) Math.max(1, diff.answers());
    page.add(
        new Shown(
            "<div style=\"margin:6px 0\" title=\"passing at "
                + NumberText.of(diff.threshold())
                + "\">"
                + Bars.box(Math.round(per * flips.byBoth()), 14, Bars.UP)
                + Bars.box(Math.round(per * flips.gained()), 14, Tone.GOOD.hex())
                + Bars.box(Math.round(per * flips.lost()), 14, Tone.BAD.hex())
                + Bars.box(Math.round(per * flips.byNone()), 14, Bars.TRACK)
                + " <span style=\"padding-left:6px\">"
                + flips.byBoth()
                + " pass by both, "
                + Tone.GOOD.word(flips.gained() + " gained").html()
                + ", "
                + Tone.BAD.word(flips.lost() + " lost").html()
                + ", "
                + flips.byNone()
                + " by none</span></div>",
            ""));
  }

  private void numbers() {
    VerdictDiff.Scores scores = diff.scores();
    VerdictDiff.Outcomes outcomes = diff.outcomes();
    VerdictDiff.Order order = diff.order();
    VerdictDiff.Advantages advantages = diff.advantages();
    VerdictDiff.Signal signal = diff.signal();
    page.add(
        new Sheet("", "before", "now", "")
            .row(
                "mean reward",
                scores.firstMean(),
                scores.secondMean(),
                scores.equal() + " of " + scores.both() + " the same")
            .row("failed", outcomes.firstFailed(), outcomes.secondFailed(), "")
            .row("abstained", outcomes.firstAbstained(), outcomes.secondAbstained(), "")
            .row(
                "groups that teach",
                signal.both() + signal.lost().size(),
                signal.both() + signal.gained().size(),
                signal.gained().size() + " gained, " + signal.lost().size() + " lost"));
    page.say(
        "order in groups: %d of %s inverted in %s, %s broken, %d made%s"
            .formatted(
                order.inverted(),
                NumberText.counted(order.pairs(), "pair"),
                NumberText.counted(order.groups(), "group"),
                NumberText.counted(order.parted(), "tie"),
                order.merged(),
                order.tau() == null
                    ? ""
                    : String.format(Locale.ROOT, ", Kendall's tau %.2f", order.tau())));
    page.say(
        "advantages: %d change sign, %d vanish, %d appear; mean change %s"
            .formatted(
                advantages.turned(),
                advantages.vanished(),
                advantages.appeared(),
                NumberText.of(Math.rint(advantages.meanChange() * 1000) / 1000)));
    places("gain their signal", signal.gained());
    places("lose their signal", signal.lost());
  }

  private void places(String what, List<VerdictDiff.Place> places) {
    if (!places.isEmpty()) {
      Sheet sheet = new Sheet("task", "step");
      places.forEach(place -> sheet.row(place.taskId(), place.step()));
      page.folded(NumberText.counted(places.size(), "group") + " " + what, sheet.shown());
    }
  }

  private void cases() {
    if (diff.cases().isEmpty()) {
      page.note("no answer changed");
      return;
    }
    Sheet sheet =
        new Sheet(
            "change", "task", "times", "was", "is", "advantage", "", "answer", "reference", "why");
    for (VerdictDiff.Case one : diff.cases()) {
      Integer step = one.place().step();
      sheet.row(
          tone(one.change()).word(one.change()),
          one.place().taskId() + (step == null ? "" : ", step " + step),
          one.times(),
          RewardViews.value(one.first()),
          RewardViews.value(one.second()),
          bar(one.firstAdvantage()),
          bar(one.secondAdvantage()),
          one.text(),
          one.reference(),
          RewardViews.remark(one.second()));
    }
    page.add(sheet);
  }

  private static Shown bar(double advantage) {
    String text = String.format(Locale.ROOT, "%+.2f", advantage);
    return new Shown(Bars.beside(advantage, WIDEST, 24) + " " + text, text);
  }

  private static Tone tone(String change) {
    return switch (change) {
      case "fails now", "passes no more" -> Tone.BAD;
      case "fails no more", "passes now" -> Tone.GOOD;
      default -> Tone.NEUTRAL;
    };
  }

  private void source() {
    String source = report.source();
    if (source == null) {
      return;
    }
    if (source.isEmpty()) {
      page.note("the sources are equal");
      return;
    }
    StringBuilder html = new StringBuilder("<pre style=\"margin:4px 0;overflow-x:auto\">");
    source
        .lines()
        .forEach(
            line -> {
              Tone tone =
                  line.startsWith("+")
                      ? Tone.GOOD
                      : line.startsWith("-")
                          ? Tone.BAD
                          : line.startsWith("@") ? Tone.NEUTRAL : null;
              String safe = HtmlText.escape(line);
              html.append(
                      tone == null
                          ? safe
                          : "<span style=\"color:" + tone.hex() + "\">" + safe + "</span>")
                  .append('\n');
            });
    page.folded("What changed in the source", new Shown(html.append("</pre>").toString(), ""));
  }
}
