package rft.lab;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rft.reward.Verdict;

/**
 * What a reward makes of a model's answers before anything is trained on it, and whether it can be.
 *
 * @param tasks groups of answers that were judged
 * @param answers all of them together
 * @param fullMarks what a right answer is paid
 * @param rewards which rewards there are
 * @param signal what groups can teach
 * @param sizes the same for other sizes of groups
 * @param gold what the dataset's own answers get
 * @param repeats whether the same answer always gets the same
 * @param trouble answers without a reward
 * @param latency how long a call takes
 * @param parts what each part of the reward contributes
 * @param length whether length pays; null if no group has different rewards and lengths
 */
public record Card(
    int tasks,
    int answers,
    double fullMarks,
    Rewards rewards,
    Signal signal,
    List<Forecast> sizes,
    Gold gold,
    Repeats repeats,
    Trouble trouble,
    Latency latency,
    Parts parts,
    @Nullable LengthEffect length) {
  public Card {
    sizes = List.copyOf(sizes);
  }

  /** What a card says of a reward. */
  public enum Outcome {
    /** Most groups teach something. */
    READY,
    /** Most groups are all bad. */
    TOO_HARD,
    /** Most groups are all good. */
    TOO_EASY,
    /** The reward itself is wrong. */
    BROKEN,
    /** Too little was seen to say. */
    NOT_SURE;

    /** Returns it as words, for example {@code too hard}. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * What follows from a card.
   *
   * @param outcome by the rules of {@link CardRules}
   * @param reason which rule, with its numbers
   * @param next the one thing to do now
   */
  public record Reading(Outcome outcome, String reason, String next) {}

  /**
   * Which rewards there are, over all answers that have one.
   *
   * @param scored answers that have one
   * @param mean of them; null if there are none
   * @param std their sample standard deviation; null for fewer than two
   * @param low the least; null if there is none
   * @param high the most; null if there is none
   * @param distinct different values
   * @param atHigh answers with the most
   * @param full answers with full marks
   * @param ties pairs of answers to the same task with the same reward
   * @param bars histogram: a bar for each value where there are few, else equal intervals
   */
  public record Rewards(
      int scored,
      @Nullable Double mean,
      @Nullable Double std,
      @Nullable Double low,
      @Nullable Double high,
      int distinct,
      Share atHigh,
      Share full,
      Share ties,
      List<Bar> bars) {
    public Rewards {
      bars = List.copyOf(bars);
    }
  }

  /**
   * One bar of a histogram.
   *
   * @param from least reward
   * @param to upper limit, outside but for the last bar; the same as {@code from} for one value
   * @param count answers
   */
  public record Bar(double from, double to, int count) {}

  /**
   * What groups can teach.
   *
   * @param forecast for the size of groups that is planned
   * @param unscorable groups with fewer than two rewards, which are left out
   * @param spread mean over groups of the standard deviation of their rewards
   * @param advantage mean size of an answer's advantage, 0 for groups of equal rewards
   */
  public record Signal(Forecast forecast, int unscorable, double spread, double advantage) {}

  /**
   * What share of groups of one size teach something.
   *
   * @param groupSize the size
   * @param allBad groups of equal rewards below full marks
   * @param mixed groups of different rewards
   * @param allGood groups of equal rewards at full marks
   * @param extrapolated whether the groups are larger than those that were judged
   */
  public record Forecast(
      int groupSize, Estimate allBad, Estimate mixed, Estimate allGood, boolean extrapolated) {}

  /**
   * What the dataset's own answers get.
   *
   * @param judged tasks whose answer was judged
   * @param full those that got full marks
   * @param abstained those that the reward does not apply to
   * @param withoutReference tasks that have no answer
   * @param misses the others
   * @param alternative full marks that would fit, where every answer gets the same and nothing gets
   *     more; null if there are none
   * @param form how they were written, by {@link GoldForm}; null for the reference alone, and for
   *     rows of the sample datasets what their prompts ask for
   */
  public record Gold(
      int judged,
      int full,
      int abstained,
      int withoutReference,
      List<Miss> misses,
      @Nullable Double alternative,
      @Nullable String form) {
    public Gold {
      misses = List.copyOf(misses);
    }

    /** Returns how many got no reward because a service was down or throttled. */
    public int unanswered() {
      return judged - full - abstained - misses.size();
    }
  }

  /**
   * An answer that should have got something else.
   *
   * @param taskId its task
   * @param text the answer
   * @param verdict what it got
   */
  public record Miss(String taskId, String text, Verdict verdict) {}

  /**
   * Whether the same answer always gets the same.
   *
   * @param answers how many were judged again
   * @param ways each way of judging again
   */
  public record Repeats(int answers, List<Way> ways) {
    public Repeats {
      ways = List.copyOf(ways);
    }
  }

  /**
   * One way of judging again.
   *
   * @param name what was done, for example {@code in parallel}
   * @param differing answers that got something else
   * @param example one of them; null if there is none
   */
  public record Way(String name, int differing, @Nullable Difference example) {}

  /**
   * An answer that got two things.
   *
   * @param taskId its task
   * @param text the answer
   * @param first what it got first
   * @param then what it got then
   */
  public record Difference(String taskId, String text, Verdict first, Verdict then) {}

  /**
   * Answers without a reward.
   *
   * @param failed share of answers whose reward failed
   * @param kinds failures by kind, most frequent first
   * @param abstained share of answers that the reward does not apply to
   * @param abstention one of them; null if there is none
   */
  public record Trouble(
      Share failed, List<Kind> kinds, Share abstained, @Nullable Miss abstention) {
    public Trouble {
      kinds = List.copyOf(kinds);
    }
  }

  /**
   * Failures of one kind.
   *
   * @param kind its name, for example {@code timeout}
   * @param count answers
   * @param example one of them
   */
  public record Kind(String kind, int count, Miss example) {}

  /**
   * How long a call of the reward takes.
   *
   * @param p50Seconds half of the calls take no longer
   * @param p95Seconds 95 % of the calls take no longer
   * @param costUsd what all verdicts cost together, failed ones included
   */
  public record Latency(double p50Seconds, double p95Seconds, double costUsd) {}

  /**
   * What the parts of a reward contribute.
   *
   * @param parts each of them; empty for a reward without parts, or whose weights are not known
   * @param cancellations pairs that undo each other, a sentence each, worst first
   */
  public record Parts(List<Part> parts, List<String> cancellations) {
    public Parts {
      parts = List.copyOf(parts);
      cancellations = List.copyOf(cancellations);
    }
  }

  /**
   * One part of a reward.
   *
   * @param name of the part
   * @param weight 0 for a metric
   * @param mean over answers with a score, before weighting
   * @param share of what tells the answers of a group apart; negative if it works against the
   *     others, null for a metric and where nothing tells them apart
   */
  public record Part(String name, double weight, double mean, @Nullable Double share) {}

  /**
   * Whether a group's longer answers get more: the correlation of ranks within groups.
   *
   * @param correlation from -1 to 1, with its 95 % interval
   * @param answers of groups with different rewards
   */
  public record LengthEffect(Estimate correlation, int answers) {}
}
