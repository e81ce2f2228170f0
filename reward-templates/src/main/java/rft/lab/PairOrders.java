package rft.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import rft.dataset.Task;
import rft.judge.PairwiseJudge;
import rft.judge.PairwiseJudge.Outcome;
import rft.judge.PairwiseJudge.Winner;
import rft.reward.Failure;

/** Has pairs of answers compared in both orders, to see whether the order decides. */
final class PairOrders {
  private final PairwiseJudge judge;
  private final long seed;

  PairOrders(PairwiseJudge judge, long seed) {
    this.judge = judge;
    this.seed = seed;
  }

  private record Pair(Task task, String left, String right) {}

  /**
   * What the order of two answers decides.
   *
   * @param preferences for the first place of each pair: 1 if the first answer won in both orders,
   *     -1 if the second one did, 0 if the order did not decide
   * @param missing pairs without two readable comparisons
   * @param failure why the first of those is missing; empty if none is
   * @param costUsd of all comparisons, unreadable ones included
   */
  record Preferences(List<Double> preferences, int missing, String failure, double costUsd) {

    Preferences {
      preferences = List.copyOf(preferences);
    }
  }

  /**
   * Returns what the order decides, on so many pairs at most.
   *
   * @param stop asked before each pair
   */
  Preferences of(List<KnownGroup> groups, int most, BooleanSupplier stop)
      throws InterruptedException {
    List<Pair> pairs = new ArrayList<>();
    for (KnownGroup group : groups) {
      List<String> texts =
          group.answers().completions().stream().map(c -> c.text()).distinct().toList();
      for (int i = 0; i + 1 < texts.size(); i++) {
        pairs.add(new Pair(group.answers().task(), texts.get(i), texts.get(i + 1)));
      }
    }
    Collections.shuffle(pairs, new Random(seed));
    List<Double> preferences = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    double costUsd = 0;
    for (Pair pair : pairs.subList(0, Math.min(most, pairs.size()))) {
      if (stop.getAsBoolean()) {
        break;
      }
      Outcome asGiven = judge.compare(pair.task(), pair.left(), pair.right());
      Outcome swapped = judge.compare(pair.task(), pair.right(), pair.left());
      costUsd += asGiven.costUsd() + swapped.costUsd();
      Winner one = asGiven.winner();
      Winner two = swapped.winner();
      Failure failure = asGiven.failure() != null ? asGiven.failure() : swapped.failure();
      if (one != null && two != null) {
        preferences.add(one != two || one == Winner.TIE ? 0.0 : one == Winner.FIRST ? 1.0 : -1.0);
      } else if (failure != null) {
        failures.add(failure.detail());
      }
    }
    String first = failures.isEmpty() ? "" : failures.get(0);
    return new Preferences(preferences, failures.size(), first, costUsd);
  }
}
