package rft.display;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rft.command.RewardCard;
import rft.lab.Card;
import rft.lab.Estimate;
import rft.loop.Evaluation;
import rft.run.HtmlText;
import rft.run.NumberText;

/** Shows a reward's card: what follows, what groups can teach, and what it rests on. */
final class CardView {
  private static final int WIDTH = 300;
  private static final String GOOD = "rgba(46,154,91,0.85)";

  private final RewardCard.Report report;
  private final Card card;
  private final Page page = new Page();

  private CardView(RewardCard.Report report) {
    this.report = report;
    this.card = report.card();
  }

  static Shown of(RewardCard.Report report) {
    CardView view = new CardView(report);
    view.head();
    view.html(view.groups());
    view.html(view.histogram());
    view.checks();
    view.parts();
    view.evidence();
    return new Shown(view.page.shown().html(), report.text().orElse(""));
  }

  private void html(String html) {
    page.add(new Shown(html, ""));
  }

  private void head() {
    String dataset = report.dataset();
    page.heading(
        "reward " + report.reward(),
        "%s, %s by %s%s, in %s"
            .formatted(
                NumberText.counted(card.tasks(), "task"),
                NumberText.counted(card.answers(), "answer"),
                report.answersOf(),
                dataset == null ? "" : " on " + dataset,
                RunChart.seconds(report.seconds())));
    Card.Reading reading = report.reading();
    Tone tone = tone(reading.outcome());
    html(
        "<div style=\"margin:6px 0;padding:4px 10px;border-left:4px solid %s\">%s %s<br><strong>Next:</strong> %s</div>"
            .formatted(
                tone.hex(),
                tone.word(reading.outcome().words()).html(),
                HtmlText.escape(reading.reason()),
                HtmlText.escape(MagicForm.of(reading.next()))));
  }

  private static Tone tone(Card.Outcome outcome) {
    return switch (outcome) {
      case READY -> Tone.GOOD;
      case BROKEN -> Tone.BAD;
      case TOO_HARD, TOO_EASY, NOT_SURE -> Tone.WARNING;
    };
  }

  /** Returns what share of the groups teaches something, as one bar, and for other sizes. */
  private String groups() {
    Card.Forecast now = card.signal().forecast();
    Sheet sizes = new Sheet("groups of", "all bad", "mixed", "all good", "");
    for (Card.Forecast size : card.sizes()) {
      sizes.row(
          size.groupSize(),
          bar(size.allBad()),
          bar(size.mixed()),
          bar(size.allGood()),
          size.groupSize() == now.groupSize()
              ? "as planned"
              : size.extrapolated() ? "by the beta-binomial model" : "");
    }
    return "<div style=\"margin:6px 0\">"
        + Bars.box(Math.round(WIDTH * now.allBad().mean()), 14, Tone.BAD.hex())
        + Bars.box(Math.round(WIDTH * now.mixed().mean()), 14, Bars.UP)
        + Bars.box(Math.round(WIDTH * now.allGood().mean()), 14, GOOD)
        + " <span style=\"padding-left:6px\">"
        + Tone.BAD.word(percent(now.allBad().mean()) + " all bad").html()
        + ", <strong>"
        + percent(now.mixed().mean())
        + " mixed</strong>, "
        + Tone.GOOD.word(percent(now.allGood().mean()) + " all good").html()
        + "</span></div>"
        + sizes.shown().html();
  }

  private static Shown bar(Estimate share) {
    Evaluation.Estimate estimate = new Evaluation.Estimate(share.mean(), share.low(), share.high());
    String text =
        "%s (%.0f to %.0f)".formatted(percent(share.mean()), 100 * share.low(), 100 * share.high());
    return new Shown(
        Bars.interval(estimate, 60) + " <span style=\"padding-left:4px\">" + text + "</span>",
        text);
  }

  private String histogram() {
    List<Histogram.Bar> bars =
        card.rewards().bars().stream()
            .map(
                bar ->
                    new Histogram.Bar(
                        name(bar), bar.count(), bar.from() >= card.fullMarks() ? GOOD : Bars.UP))
            .toList();
    return bars.isEmpty()
        ? ""
        : Histogram.svg("rewards of " + NumberText.counted(card.answers(), "answer"), bars);
  }

  private static String name(Card.Bar bar) {
    double shown = bar.from() == bar.to() ? bar.from() : (bar.from() + bar.to()) / 2;
    return NumberText.of(Math.rint(shown * 1000) / 1000);
  }

  private void checks() {
    Card.Gold gold = card.gold();
    Card.Rewards rewards = card.rewards();
    Sheet sheet = new Sheet();
    sheet.row(
        mark(gold.misses().isEmpty()),
        "gold answers",
        "%d of %d get full marks (%s)%s%s%s%s"
            .formatted(
                gold.full(),
                gold.judged(),
                NumberText.of(card.fullMarks()),
                gold.form() == null ? "" : ", written as " + gold.form(),
                gold.abstained() == 0 ? "" : ", " + gold.abstained() + " abstained",
                gold.unanswered() == 0
                    ? ""
                    : ", " + gold.unanswered() + " without an answer of the service",
                gold.withoutReference() == 0
                    ? ""
                    : ", "
                        + NumberText.counted(gold.withoutReference(), "task")
                        + " without reference"));
    for (Card.Way way : card.repeats().ways()) {
      sheet.row(
          mark(way.differing() == 0),
          "judged " + way.name(),
          "%d of %d answers get something else"
              .formatted(way.differing(), card.repeats().answers()));
    }
    Card.Trouble trouble = card.trouble();
    sheet.row(
        mark(trouble.failed().count() == 0),
        "failures",
        "%d of %d".formatted(trouble.failed().count(), trouble.failed().of()));
    sheet.row("", "abstained", trouble.abstained().count());
    sheet.row("", "full marks", percent(rewards.full().mean()));
    sheet.row(
        "", "saturation", percent(rewards.atHigh().mean()) + " of the answers at the maximum");
    sheet.row("", "ties", percent(rewards.ties().mean()) + " of the pairs of a group");
    sheet.row("", "mean size of an advantage", card.signal().advantage());
    sheet.row("", "spread of rewards in a group", card.signal().spread());
    Card.LengthEffect length = card.length();
    if (length != null) {
      Estimate effect = length.correlation();
      sheet.row(
          "",
          "length and reward",
          String.format(
              Locale.ROOT,
              "rank correlation in a group %.2f (%.2f to %.2f)",
              effect.mean(),
              effect.low(),
              effect.high()));
    }
    sheet.row(
        "",
        "a call takes",
        "%s, p95 %s"
            .formatted(millis(card.latency().p50Seconds()), millis(card.latency().p95Seconds())));
    page.add(sheet);
  }

  private static String millis(double seconds) {
    return NumberText.of(Math.ceil(seconds * 1e5) / 100) + " ms";
  }

  private static Shown mark(boolean good) {
    return good ? Tone.GOOD.word("\u2713") : Tone.BAD.word("\u2717");
  }

  private void parts() {
    if (!card.parts().parts().isEmpty()) {
      Sheet sheet = new Sheet("part", "weight", "mean", "of what tells answers apart");
      for (Card.Part part : card.parts().parts()) {
        Double share = part.share();
        String text = share == null ? "" : percent(share);
        sheet.row(
            part.name(),
            part.weight(),
            part.mean(),
            share == null
                ? part.weight() == 0 ? "a metric" : ""
                : new Shown(Bars.beside(share, 1, 40) + " " + text, text));
      }
      page.add(sheet);
    }
    card.parts().cancellations().forEach(page::trouble);
  }

  /** Adds the answers that show what is wrong. */
  private void evidence() {
    if (!card.gold().misses().isEmpty()) {
      Sheet sheet = new Sheet("task", "gold answer", "reward", "why");
      card.gold().misses().forEach(miss -> row(sheet, miss));
      page.folded(card.gold().misses().size() + " gold answers without full marks", sheet.shown());
    }
    for (Card.Way way : card.repeats().ways()) {
      Card.Difference example = way.example();
      if (example != null) {
        page.add(
            new Sheet("task", "answer", "first", way.name())
                .row(
                    example.taskId(),
                    example.text(),
                    RewardViews.sentence(example.first()),
                    RewardViews.sentence(example.then())));
      }
    }
    if (!card.trouble().kinds().isEmpty()) {
      Sheet sheet = new Sheet("failure", "times", "task", "for example", "reward", "why");
      for (Card.Kind kind : card.trouble().kinds()) {
        Card.Miss miss = kind.example();
        sheet.row(
            kind.kind().replace('_', ' '),
            kind.count(),
            miss.taskId(),
            miss.text(),
            RewardViews.value(miss.verdict()),
            RewardViews.remark(miss.verdict()));
      }
      page.add(sheet);
    }
  }

  private static void row(Sheet sheet, Card.Miss miss) {
    sheet.row(
        miss.taskId(),
        miss.text(),
        RewardViews.value(miss.verdict()),
        RewardViews.remark(miss.verdict()));
  }

  private static String percent(@Nullable Double share) {
    return share == null ? "none" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
