package rft.display;

import java.util.Locale;
import rft.command.AnswerSight;
import rft.command.Compare;
import rft.command.Contrast;
import rft.command.TokenColour;
import rft.loop.Evaluation;
import rft.run.HtmlText;
import rft.run.NumberText;

/** Shows base and tuned on the same prompts: the numbers, what was gained and lost, every task. */
final class CompareView {
  private static final int CONTRASTS = 3;
  private static final int WIDTH = 220;

  private final Compare.Report report;
  private final TokenPage page =
      new TokenPage(TokenColour.KL, TokenShade.KL, TokenShade.LOG_PROB, TokenShade.ENTROPY);

  private CompareView(Compare.Report report) {
    this.report = report;
  }

  static Shown of(Compare.Report report) {
    CompareView view = new CompareView(report);
    for (Contrast.Outcome outcome : Contrast.Outcome.values()) {
      int most = outcome == Contrast.Outcome.UNCHANGED ? 1 : CONTRASTS;
      report.contrasts(outcome, most).forEach(view::contrast);
    }
    String html =
        view.heading()
            + view.trouble()
            + view.numbers()
            + view.outcomes()
            + view.page.html()
            + view.all();
    return new Shown(html, report.text().orElse(""));
  }

  private String heading() {
    return "<div style=\"margin:2px 0 6px\"><strong>%s</strong> beside <strong>%s</strong> <span style=\"%s\">on %s %s, %s x %s with the same draws, checked by %s</span></div>"
        .formatted(
            HtmlText.escape(report.base()),
            HtmlText.escape(report.tuned()),
            Sheet.SOFT,
            HtmlText.escape(report.dataset()),
            HtmlText.escape(report.split()),
            NumberText.counted(report.tasks(), "task"),
            NumberText.counted(report.samples(), "answer"),
            HtmlText.escape(report.reward()));
  }

  private String trouble() {
    return report
        .problem()
        .map(
            problem ->
                "<div style=\"color:%s\">%s</div>"
                    .formatted(Tone.BAD.hex(), HtmlText.escape(problem)))
        .orElse("");
  }

  private String numbers() {
    return "<div style=\"margin:4px 0\">"
        + number("base", report.baseAccuracy())
        + number("tuned", report.tunedAccuracy())
        + difference()
        + "</div>";
  }

  private static String number(String name, Evaluation.Estimate estimate) {
    return "<div>"
        + label(name)
        + Bars.interval(estimate, WIDTH)
        + " <span style=\"padding-left:6px\">"
        + Bars.text(estimate)
        + "</span></div>";
  }

  private static String label(String name) {
    return "<span style=\"display:inline-block;width:90px;" + Sheet.SOFT + "\">" + name + "</span>";
  }

  private String difference() {
    Evaluation.Estimate gain = report.difference();
    Tone tone = gain.low() > 0 ? Tone.GOOD : gain.high() < 0 ? Tone.BAD : Tone.NEUTRAL;
    return "<div>%s%s <span style=\"%s\">(%+.3f to %+.3f), paired by task, 95 %% interval%s</span></div>"
        .formatted(
            label("difference"),
            tone.word(String.format(Locale.ROOT, "%+.3f", gain.mean())).html(),
            Sheet.SOFT,
            gain.low(),
            gain.high(),
            tone == Tone.NEUTRAL ? ": it may be chance" : "");
  }

  /** Returns how the tasks divide, as one bar. */
  private String outcomes() {
    StringBuilder html = new StringBuilder("<div style=\"margin:6px 0\">").append(label("tasks"));
    double per = report.tasks() == 0 ? 0 : WIDTH / (double) report.tasks();
    html.append(Bars.box(Math.round(per * report.gained()), 12, Tone.GOOD.hex()));
    html.append(Bars.box(Math.round(per * report.unchanged()), 12, Bars.TRACK));
    html.append(Bars.box(Math.round(per * report.lost()), 12, Tone.BAD.hex()));
    html.append(" <span style=\"padding-left:6px\">");
    html.append(Tone.GOOD.word(report.gained() + " gained").html()).append(", ");
    html.append(report.unchanged()).append(" unchanged, ");
    return html.append(Tone.BAD.word(report.lost() + " lost").html())
        .append("</span></div>")
        .toString();
  }

  private void contrast(Compare.TaskComparison pair) {
    page.add("<div style=\"margin:8px 0 12px\">");
    page.add("<div style=\"margin-bottom:3px\">").add(word(pair.outcome()).html());
    page.add(
        " <span style=\"%s;font-size:12px\">%s: %d of %d right before, %d after</span></div>"
            .formatted(
                Sheet.SOFT,
                HtmlText.escape(pair.taskId()),
                pair.basePassed(),
                report.samples(),
                pair.tunedPassed()));
    page.add(Question.html(pair.prompt(), pair.reference()));
    page.add("<div style=\"height:4px\"></div>").add(SideBySide.head("base", "tuned"));
    page.add(SideBySide.OPEN_ROW);
    answer(pair.base().get(pair.telling()));
    answer(pair.tuned().get(pair.telling()));
    page.add("</div></div>");
  }

  private void answer(AnswerSight answer) {
    page.add(SideBySide.OPEN_SIDE).add(SideBySide.reward(answer));
    page.tokens(answer, 0, 0, 0).add(SideBySide.remark(answer)).add("</div>");
  }

  private static Shown word(Contrast.Outcome outcome) {
    Tone tone =
        switch (outcome) {
          case GAINED -> Tone.GOOD;
          case UNCHANGED -> Tone.NEUTRAL;
          case LOST -> Tone.BAD;
        };
    return tone.word(outcome.name().toLowerCase(Locale.ROOT));
  }

  private String all() {
    Sheet sheet = new Sheet("", "right before", "after", "prompt", "reference", "base", "tuned");
    for (Compare.TaskComparison pair : report.pairs()) {
      sheet.row(
          word(pair.outcome()),
          pair.basePassed(),
          pair.tunedPassed(),
          pair.prompt(),
          pair.reference(),
          pair.base().get(pair.telling()).text(),
          pair.tuned().get(pair.telling()).text());
    }
    return new Page()
        .folded("All " + NumberText.counted(report.tasks(), "task"), sheet.shown())
        .shown()
        .html();
  }
}
