package rft.command;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import rft.lab.Card;
import rft.lab.Estimate;
import rft.lab.Share;
import rft.run.NumberText;
import rft.run.PrintableText;

/** A reward's card in plain text, 80 columns wide: what follows first, then what it rests on. */
final class CardText {
  private static final int WIDTH = 80;
  private static final int BAR = 40;
  private static final int MOST_MISSES = 3;

  private final StringBuilder text = new StringBuilder();
  private final RewardCard.Report report;
  private final Card card;

  private CardText(RewardCard.Report report) {
    this.report = report;
    this.card = report.card();
  }

  static String of(RewardCard.Report report) {
    CardText page = new CardText(report);
    page.head();
    page.rewards();
    page.signal();
    page.gold();
    page.trust();
    page.cost();
    return page.text.toString().stripTrailing();
  }

  private void head() {
    String dataset = report.dataset();
    line(
        PrintableText.line(
            "reward %s %s  %s x %s by %s%s"
                .formatted(
                    report.reward(),
                    report.sha256().substring(0, 8),
                    NumberText.counted(card.tasks(), "task"),
                    NumberText.counted(
                        card.tasks() == 0 ? 0 : card.answers() / card.tasks(), "answer"),
                    report.answersOf(),
                    dataset == null ? "" : " on " + dataset)));
    line("");
    row(report.reading().outcome().words().toUpperCase(Locale.ROOT), report.reading().reason());
    row("next", report.reading().next());
    line("");
  }

  private void rewards() {
    Card.Rewards rewards = card.rewards();
    if (rewards.mean() != null) {
      row(
          "rewards",
          "mean %s%s, %s, %s at the top, %s of pairs tied"
              .formatted(
                  NumberText.of(round(rewards.mean())),
                  rewards.std() == null ? "" : ", std " + NumberText.of(round(rewards.std())),
                  NumberText.counted(rewards.distinct(), "value"),
                  percent(rewards.atHigh()),
                  percent(rewards.ties())));
    }
    int most = rewards.bars().stream().mapToInt(Card.Bar::count).max().orElse(1);
    for (Card.Bar bar : rewards.bars()) {
      int width = (int) Math.ceil(BAR * bar.count() / (double) Math.max(1, most));
      String range =
          bar.from() == bar.to()
              ? NumberText.of(bar.from())
              : NumberText.of(bar.from()) + " to " + NumberText.of(bar.to());
      line("  %20s  %s %d".formatted(range, "#".repeat(width), bar.count()).stripTrailing());
    }
  }

  private void signal() {
    Card.Forecast now = card.signal().forecast();
    row(
        "groups of " + now.groupSize(),
        "all bad %s, mixed %s, all good %s"
            .formatted(interval(now.allBad()), interval(now.mixed()), interval(now.allGood())));
    StringJoiner sizes = new StringJoiner(", ", "mixed ", "");
    card.sizes().stream()
        .filter(size -> size.groupSize() != now.groupSize())
        .forEach(size -> sizes.add(percent(size.mixed().mean()) + " of " + size.groupSize()));
    row("other sizes", sizes.toString());
    row(
        "signal",
        "mean advantage %s, spread of rewards in a group %s%s"
            .formatted(
                NumberText.of(round(card.signal().advantage())),
                NumberText.of(round(card.signal().spread())),
                card.signal().unscorable() == 0
                    ? ""
                    : ", "
                        + NumberText.counted(card.signal().unscorable(), "group")
                        + " without two rewards"));
    for (Card.Part part : card.parts().parts()) {
      Double share = part.share();
      row(
          part.equals(card.parts().parts().get(0)) ? "parts" : "",
          "%s, weight %s: mean %s, %s"
              .formatted(
                  part.name(),
                  NumberText.of(part.weight()),
                  NumberText.of(round(part.mean())),
                  share == null
                      ? part.weight() == 0 ? "a metric" : "nothing to tell apart"
                      : percent(share) + " of what tells answers apart"));
    }
    card.parts().cancellations().forEach(sentence -> row("", sentence));
    Card.LengthEffect length = card.length();
    if (length != null) {
      Estimate effect = length.correlation();
      String says =
          effect.low() > 0 ? "longer pays more" : effect.high() < 0 ? "shorter pays more" : "no";
      row(
          "length",
          String.format(
              Locale.ROOT,
              "%s: rank correlation in groups %.2f (%.2f to %.2f)",
              says,
              effect.mean(),
              effect.low(),
              effect.high()));
    }
  }

  private void gold() {
    Card.Gold gold = card.gold();
    StringJoiner said = new StringJoiner(", ");
    said.add(
        "%d of %d get full marks (%s)"
            .formatted(gold.full(), gold.judged(), NumberText.of(card.fullMarks())));
    if (gold.form() != null) {
      said.add("written as " + gold.form());
    }
    if (gold.abstained() > 0) {
      said.add(gold.abstained() + " abstained");
    }
    if (gold.unanswered() > 0) {
      said.add(gold.unanswered() + " without an answer of the service");
    }
    if (gold.withoutReference() > 0) {
      said.add(NumberText.counted(gold.withoutReference(), "task") + " without reference");
    }
    row("gold answers", said.toString());
    List<Card.Miss> misses = gold.misses();
    misses.subList(0, Math.min(MOST_MISSES, misses.size())).forEach(this::miss);
    if (misses.size() > MOST_MISSES) {
      row("", "and " + (misses.size() - MOST_MISSES) + " more (--json lists all)");
    }
  }

  private void trust() {
    String differing =
        card.repeats().ways().stream()
            .filter(way -> way.differing() > 0)
            .map(way -> way.differing() + " differ " + way.name())
            .collect(Collectors.joining(", "));
    int answers = card.repeats().answers();
    row(
        "judged again",
        answers == 0
            ? "not done"
            : NumberText.counted(answers, "answer")
                + ", three ways: "
                + (differing.isEmpty() ? "always the same" : differing));
    Card.Trouble trouble = card.trouble();
    row(
        "failures",
        trouble.kinds().isEmpty()
            ? "none"
            : "%d of %d (%s)"
                .formatted(
                    trouble.failed().count(), trouble.failed().of(), percent(trouble.failed())));
    for (Card.Kind kind : trouble.kinds()) {
      row("", kind.count() + " " + kind.kind().replace('_', ' '));
      miss(kind.example());
    }
    Card.Miss abstention = trouble.abstention();
    if (abstention != null) {
      row("abstained", "%d of %d".formatted(trouble.abstained().count(), trouble.abstained().of()));
      miss(abstention);
    }
  }

  private void cost() {
    Card.Latency latency = card.latency();
    row(
        "a call takes",
        seconds(latency.p50Seconds())
            + " (p95 "
            + seconds(latency.p95Seconds())
            + ")"
            + (latency.costUsd() > 0
                ? ", all cost " + NumberText.of(latency.costUsd()) + " US dollars"
                : ""));
  }

  private void miss(Card.Miss miss) {
    String said =
        miss.verdict()
            .fold(
                score -> "gets " + NumberText.of(score.value()),
                abstain -> "abstains: " + abstain.reason(),
                failure -> "fails: " + failure.detail());
    String line = miss.taskId() + "  \"" + miss.text() + "\"  " + said;
    String safe = PrintableText.line(line);
    int most = WIDTH - 18;
    line(" ".repeat(16) + (safe.length() <= most ? safe : safe.substring(0, most - 2) + ".."));
  }

  /** Writes a name and a text, broken at words. */
  private void row(String name, String value) {
    StringBuilder row = new StringBuilder("  %-12s ".formatted(name));
    int indent = 16;
    while (row.length() < indent - 1) {
      row.append(' ');
    }
    int column = row.length();
    for (String word : PrintableText.line(value).split(" ")) {
      if (column + 1 + word.length() > WIDTH && column > indent) {
        row.append('\n').append(" ".repeat(indent - 1));
        column = indent - 1;
      }
      row.append(' ').append(word);
      column += 1 + word.length();
    }
    line(row.toString());
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }

  private static String interval(Estimate share) {
    return "%s (%.0f-%.0f)".formatted(percent(share.mean()), 100 * share.low(), 100 * share.high());
  }

  private static String percent(Share share) {
    Double mean = share.mean();
    return mean == null ? "none" : percent(mean);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static double round(double value) {
    return Math.abs(value) < 1 ? Math.rint(value * 1000) / 1000 : value;
  }

  private static String seconds(double seconds) {
    return seconds < 1e-3
        ? NumberText.of(Math.ceil(seconds * 1e6)) + " us"
        : seconds < 1
            ? NumberText.of(Math.ceil(seconds * 1e3)) + " ms"
            : NumberText.of(Math.rint(seconds * 10) / 10) + " s";
  }
}
