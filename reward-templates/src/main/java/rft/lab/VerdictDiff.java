package rft.lab;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rft.reward.Verdict;

/**
 * What two rewards, or two versions of one, make of the same answers.
 *
 * @param groups groups of answers
 * @param answers all of them together
 * @param threshold from which reward on an answer passes
 * @param scores how the rewards themselves agree
 * @param flips answers that pass by one and not by the other
 * @param outcomes answers that one of them gives no reward
 * @param order what changed inside groups
 * @param advantages what changed for training
 * @param signal which groups teach something
 * @param cases the answers that changed, worst first; {@link #MOST_CASES} at most
 */
public record VerdictDiff(
    int groups,
    int answers,
    double threshold,
    Scores scores,
    Flips flips,
    Outcomes outcomes,
    Order order,
    Advantages advantages,
    Signal signal,
    List<Case> cases) {
  /** Cases that are kept. */
  public static final int MOST_CASES = 50;

  public VerdictDiff {
    cases = List.copyOf(cases);
  }

  /**
   * How the rewards agree on answers that both gave one.
   *
   * @param both answers that got two
   * @param equal those of the same reward
   * @param firstMean of the first reward; null if there are none
   * @param secondMean of the second reward; null if there are none
   */
  public record Scores(
      int both, int equal, @Nullable Double firstMean, @Nullable Double secondMean) {}

  /**
   * Which answers pass; one without a reward does not.
   *
   * @param byBoth pass twice
   * @param gained pass by the second alone
   * @param lost pass by the first alone
   * @param byNone pass not at all
   */
  public record Flips(int byBoth, int gained, int lost, int byNone) {}

  /**
   * Which answers have no reward.
   *
   * @param firstFailed the first reward failed on
   * @param secondFailed the second reward failed on
   * @param firstAbstained the first does not apply to
   * @param secondAbstained the second does not apply to
   */
  public record Outcomes(
      int firstFailed, int secondFailed, int firstAbstained, int secondAbstained) {}

  /**
   * What changed inside groups, over pairs of answers of which both have both rewards.
   *
   * @param pairs all pairs
   * @param inverted the better one became the worse one
   * @param parted were equal and are no more
   * @param merged became equal
   * @param groups groups with an inverted pair
   * @param tau Kendall's tau-b over all pairs; null where one reward tells none apart
   */
  public record Order(
      int pairs, int inverted, int parted, int merged, int groups, @Nullable Double tau) {}

  /**
   * What changed for training, by its own rule of advantages.
   *
   * @param turned answers whose advantage changed its sign: encouraged by one, discouraged by the
   *     other
   * @param vanished answers that had one and have none
   * @param appeared answers that had none and have one
   * @param meanChange mean size of the change over all answers
   */
  public record Advantages(int turned, int vanished, int appeared, double meanChange) {}

  /**
   * Which groups have different rewards, and so teach something.
   *
   * @param both by both rewards
   * @param gained groups that teach by the second alone
   * @param lost groups that teach by the first alone
   * @param neither by none
   */
  public record Signal(int both, List<Place> gained, List<Place> lost, int neither) {
    public Signal {
      gained = List.copyOf(gained);
      lost = List.copyOf(lost);
    }
  }

  /**
   * A group of answers.
   *
   * @param step of the run; null for others
   * @param taskId its task
   */
  public record Place(@Nullable Integer step, String taskId) {}

  /**
   * An answer that changed.
   *
   * @param place where it is from
   * @param prompt what was asked
   * @param reference the reference answer, empty if there is none
   * @param text the answer
   * @param first what the first reward said
   * @param second what the second said
   * @param firstAdvantage by the first reward
   * @param secondAdvantage by the second
   * @param times how often this group has the same answer with the same verdicts
   * @param change what changed, the gravest first, for example {@code passes no more}
   */
  public record Case(
      Place place,
      String prompt,
      String reference,
      String text,
      Verdict first,
      Verdict second,
      double firstAdvantage,
      double secondAdvantage,
      int times,
      String change) {
    Case again() {
      return new Case(
          place,
          prompt,
          reference,
          text,
          first,
          second,
          firstAdvantage,
          secondAdvantage,
          times + 1,
          change);
    }
  }

  /**
   * A group and what was said of it twice.
   *
   * @param step of the run; null for others
   * @param answers the answers
   * @param first one verdict for each
   * @param second one verdict for each
   */
  public record Pair(
      @Nullable Integer step, AnswerGroup answers, List<Verdict> first, List<Verdict> second) {
    public Pair {
      int size = answers.completions().size();
      if (first.size() != size || second.size() != size) {
        throw new IllegalArgumentException(
            first.size() + " and " + second.size() + " verdicts on " + size + " answers");
      }
      first = List.copyOf(first);
      second = List.copyOf(second);
    }
  }
}
