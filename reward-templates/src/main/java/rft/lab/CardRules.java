package rft.lab;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import rft.reward.Verdict;
import rft.run.NumberText;
import rft.run.PrintableText;

/**
 * The published rules by which a card is read, in this order.
 *
 * <ol>
 *   <li>Broken: a gold answer does not get full marks, an answer gets something else when it is
 *       judged again, or more than 5 % of the answers fail.
 *   <li>Too hard: more than 60 % of the groups are expected to be all bad. Too easy: more than 60 %
 *       are expected to be all good.
 *   <li>Not sure: the 95 % interval of such a share lies on both sides of its line.
 *   <li>Ready: none of these.
 * </ol>
 */
public final class CardRules {
  /** More failures make a reward broken. */
  static final double MOST_FAILING = 0.05;

  /** More groups without a lesson make a task too hard or too easy. */
  static final double MOST_ALIKE = 0.6;

  /** What a larger group must gain to be worth its price. */
  private static final double WORTHWHILE = 0.1;

  private static final int LONGEST = 40;

  private final Card card;
  private final Card.Forecast now;
  private final int spareTasks;

  private CardRules(Card card, int spareTasks) {
    this.card = card;
    this.now = card.signal().forecast();
    this.spareTasks = spareTasks;
  }

  /**
   * Returns what follows from a card.
   *
   * @param spareTasks tasks that could be asked, too
   */
  public static Card.Reading reading(Card card, int spareTasks) {
    CardRules rules = new CardRules(card, spareTasks);
    return rules
        .gold()
        .or(rules::repeat)
        .or(rules::failures)
        .or(rules::abstentions)
        .or(rules::difficulty)
        .orElseGet(rules::ready);
  }

  private static Optional<Card.Reading> reading(Card.Outcome outcome, String reason, String next) {
    return Optional.of(new Card.Reading(outcome, reason, next));
  }

  private Optional<Card.Reading> gold() {
    Card.Gold gold = card.gold();
    if (gold.misses().isEmpty()) {
      return Optional.empty();
    }
    Double alternative = gold.alternative();
    if (alternative != null) {
      return reading(
          Card.Outcome.NOT_SURE,
          "every gold answer gets "
              + NumberText.of(alternative)
              + " and nothing gets more, but full marks are "
              + NumberText.of(card.fullMarks()),
          "declare what a right answer gets: --full-marks " + NumberText.of(alternative));
    }
    Card.Miss first = gold.misses().get(0);
    boolean few = gold.misses().size() * 10 <= gold.judged();
    return reading(
        Card.Outcome.BROKEN,
        gold.misses().size()
            + " of "
            + gold.judged()
            + " gold answers do not get full marks ("
            + NumberText.of(card.fullMarks())
            + ")",
        (few ? "fix the gold answer of task " : "make the reward pay the gold answer of task ")
            + first.taskId()
            + (few ? ", or the reward: " : ": ")
            + quote(first.text())
            + " gets "
            + said(first.verdict())
            + (few ? "" : "; or say how a right answer is written: --gold-form"));
  }

  private Optional<Card.Reading> repeat() {
    return card.repeats().ways().stream()
        .filter(way -> way.differing() > 0)
        .findFirst()
        .flatMap(
            way -> {
              Card.Difference example = Objects.requireNonNull(way.example());
              return reading(
                  Card.Outcome.BROKEN,
                  "%d of %d answers get something else when judged %s"
                      .formatted(way.differing(), card.repeats().answers(), way.name()),
                  "let the reward depend on task and answer alone: %s of task %s got %s, then %s"
                      .formatted(
                          quote(example.text()),
                          example.taskId(),
                          said(example.first()),
                          said(example.then())));
            });
  }

  private Optional<Card.Reading> failures() {
    Share failed = card.trouble().failed();
    if (failed.count() == 0 || failed.high() <= MOST_FAILING) {
      return Optional.empty();
    }
    Card.Kind most = card.trouble().kinds().get(0);
    return reading(
        failed.low() > MOST_FAILING ? Card.Outcome.BROKEN : Card.Outcome.NOT_SURE,
        "the reward fails on %s of the answers, and 5 %% is the most that is sound"
            .formatted(percent(failed)),
        "repair the %s called %s, as of task %s: %s"
            .formatted(
                NumberText.counted(most.count(), "failure"),
                most.kind().replace('_', ' '),
                most.example().taskId(),
                said(most.example().verdict())));
  }

  private Optional<Card.Reading> abstentions() {
    Card.Miss abstention = card.trouble().abstention();
    if (abstention == null || card.trouble().abstained().low() <= 0.5) {
      return Optional.empty();
    }
    return reading(
        Card.Outcome.NOT_SURE,
        "the reward does not apply to %s of the answers"
            .formatted(percent(card.trouble().abstained())),
        "choose tasks that it applies to: of task %s it says %s"
            .formatted(abstention.taskId(), said(abstention.verdict())));
  }

  private Optional<Card.Reading> difficulty() {
    if (now.allBad().low() > MOST_ALIKE) {
      return reading(Card.Outcome.TOO_HARD, expected(now.allBad(), "all bad"), easier());
    }
    if (now.allGood().low() > MOST_ALIKE) {
      return reading(
          Card.Outcome.TOO_EASY,
          expected(now.allGood(), "all good"),
          "take harder tasks: "
              + percent(card.rewards().full())
              + " of the answers have full marks");
    }
    if (now.allBad().crosses(MOST_ALIKE)) {
      return reading(Card.Outcome.NOT_SURE, expected(now.allBad(), "all bad"), more(now.allBad()));
    }
    if (now.allGood().crosses(MOST_ALIKE)) {
      return reading(
          Card.Outcome.NOT_SURE, expected(now.allGood(), "all good"), more(now.allGood()));
    }
    return Optional.empty();
  }

  private Card.Reading ready() {
    Optional<Card.Forecast> larger = larger();
    boolean thin = now.mixed().mean() < 0.5;
    return new Card.Reading(
        Card.Outcome.READY,
        expected(now.mixed(), "mixed"),
        thin && larger.isPresent()
            ? raise(larger.get())
            : "attack it before you train on it: rft reward probe");
  }

  /** What to do where most groups are all bad. */
  private String easier() {
    if (card.rewards().full().count() == 0 && card.rewards().distinct() <= 1) {
      return "fine-tune on examples first: none of "
          + NumberText.counted(card.rewards().scored(), "answer")
          + " has full marks, so there is nothing to reinforce";
    }
    return larger()
        .filter(size -> size.allBad().mean() <= MOST_ALIKE)
        .map(this::raise)
        .orElse("fine-tune on examples first, take easier tasks, or pay for steps on the way");
  }

  /** Returns the next larger size of groups that has clearly more to teach. */
  private Optional<Card.Forecast> larger() {
    return card.sizes().stream()
        .filter(size -> size.groupSize() > now.groupSize())
        .filter(size -> size.mixed().mean() >= now.mixed().mean() + WORTHWHILE)
        .findFirst();
  }

  private String raise(Card.Forecast to) {
    return "raise the group size to %d: expected mixed %s -> %s"
        .formatted(to.groupSize(), percent(now.mixed().mean()), percent(to.mixed().mean()));
  }

  /** Returns how many more tasks would decide it, were their share the same. */
  private String more(Estimate share) {
    int have = card.tasks();
    int total = have;
    while (total < 4 * have && Estimate.of(share.mean(), total).crosses(MOST_ALIKE)) {
      total += 8;
    }
    int wanted = Math.max(8, total - have);
    return spareTasks >= wanted
        ? "sample %d more tasks: --tasks %d".formatted(wanted, have + wanted)
        : spareTasks > 0
            ? "sample the %d tasks that are left: --tasks %d"
                .formatted(spareTasks, have + spareTasks)
            : "add tasks to the dataset: all %d were asked, and %d more would tell"
                .formatted(have, wanted);
  }

  private String expected(Estimate share, String what) {
    return "%s of groups of %d are expected to be %s (%s to %s)"
        .formatted(
            percent(share.mean()),
            now.groupSize(),
            what,
            percent(share.low()),
            percent(share.high()));
  }

  private static String percent(Share share) {
    Double mean = share.mean();
    return mean == null ? "none" : percent(mean);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private static String said(Verdict verdict) {
    return PrintableText.line(
        verdict.fold(
            score -> NumberText.of(score.value()),
            abstain -> "\"" + abstain.reason() + "\"",
            failure -> "\"" + failure.detail() + "\""));
  }

  private static String quote(String text) {
    String line = PrintableText.line(text);
    return "\"" + (line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "..") + "\"";
  }
}
