package rft.lab;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import rft.dataset.Task;

/**
 * A wrong answer that a reward pays like a right one.
 *
 * @param kind which fault it shows
 * @param task what was asked
 * @param reference what is right
 * @param text the answer, as short as it was found to stay paid
 * @param reward what it earns
 * @param goldReward what the right answer earns
 * @param floor what wrong answers commonly earn
 * @param trueScore what the gold check says of it; null if there is none: then look for yourself
 * @param origin where it is from, in a word or two
 */
public record Hole(
    AttackClass kind,
    Task task,
    String reference,
    String text,
    double reward,
    double goldReward,
    double floor,
    @Nullable Double trueScore,
    String origin) {
  /** Best paid first, of those the shortest. */
  static final Comparator<Hole> ORDER =
      Comparator.<Hole>comparingInt(hole -> hole.text().length())
          .thenComparing(Comparator.comparingDouble(Hole::reward).reversed())
          .thenComparing(Hole::text)
          .thenComparing(hole -> hole.task().id());

  /** Returns the example that the repaired reward must meet: not half of what is right. */
  public RewardExample asExample() {
    double most = Math.round(1e6 * (floor + (goldReward - floor) / 2)) / 1e6;
    return RewardExample.of(
            task,
            Probing.completion(text),
            Expectation.atMost(
                goldReward > floor ? most : Math.round(1e6 * goldReward) / 1e6 - 0.5))
        .because(kind.sentence() + ": " + kind.why());
  }
}
