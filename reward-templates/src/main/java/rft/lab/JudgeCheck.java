package rft.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import rft.judge.PairwiseJudge;
import rft.reward.Completion;
import rft.reward.RewardJudge;

/**
 * Finds out how far a reward that asks a model can be trusted, by asking it the same in several
 * ways: again, in the other order, with an empty ending, beside people and beside another judge. It
 * takes the reward as it is, so that any can be checked.
 *
 * @param repeats readings of each answer, every second one in the other order; at least 2
 * @param pairs answers to compare two by two in both orders; 0 for none
 * @param seed of what is drawn
 */
public record JudgeCheck(int repeats, int pairs, long seed) {
  private static final double EQUAL = 1e-9;

  public JudgeCheck {
    if (repeats < 2 || repeats > 50) {
      throw new IllegalArgumentException(
          "repeats (" + repeats + ") must be 2 to 50: one reading shows no noise");
    }
    if (pairs < 0) {
      throw new IllegalArgumentException("pairs (" + pairs + ") must be at least 0");
    }
  }

  /**
   * Who judges what.
   *
   * @param judge the reward to check, without a cache
   * @param other a second judge of the same answers; null for none
   * @param comparing asks the same model for the better of two; null for none
   * @param groups what to judge
   * @param labelled answers with the numbers that people gave them
   */
  public record Input(
      RewardJudge judge,
      @Nullable RewardJudge other,
      @Nullable PairwiseJudge comparing,
      List<KnownGroup> groups,
      List<KnownGroup> labelled) {
    public Input {
      groups = List.copyOf(groups);
      labelled = List.copyOf(labelled);
    }
  }

  /** Returns how many times groups are judged in all, for whoever shows how far it is. */
  public int steps(Input input) {
    int readings = repeats + 1 + (input.other() == null ? 0 : 1);
    return input.groups().size() * readings + input.labelled().size();
  }

  /**
   * Returns what was found; where it is to stop, on the groups that were judged by then.
   *
   * @param done is told the number of groups judged so far
   * @param stop asked before each reading and each pair
   * @throws InterruptedException if the caller is interrupted while pairs are compared
   * @throws CancellationException if it is to stop before a group was judged
   */
  public JudgeReport run(Input input, IntConsumer done, BooleanSupplier stop)
      throws InterruptedException {
    return run(input, done, new Stop(stop));
  }

  private JudgeReport run(Input input, IntConsumer done, Stop stop) throws InterruptedException {
    JudgeReadings readings = new JudgeReadings(input.judge(), done);
    List<CheckedGroup> checked = new ArrayList<>();
    input.groups().forEach(group -> read(readings, group, stop).ifPresent(checked::add));
    if (checked.isEmpty() && stop.seen) {
      throw new CancellationException("stopped before a group was judged");
    }
    List<CheckedGroup> labelled = new ArrayList<>();
    for (KnownGroup group : input.labelled()) {
      if (!stop.getAsBoolean()) {
        labelled.add(new CheckedGroup(group, List.of(readings.read(group, false)), List.of()));
      }
    }
    JudgeMeasures measures = new JudgeMeasures(checked, seed);
    JudgeRules rules = new JudgeRules(measures, seed);
    rules.failures(readings.failed(), readings.verdicts(), readings.firstFailure());
    rules.repeats();
    rules.bias(input.groups().stream().anyMatch(group -> !group.worth().isEmpty()));
    double costUsd = readings.costUsd() + compare(input, rules, stop);
    rules.truth();
    if (!labelled.isEmpty()) {
      rules.labels(new JudgeMeasures(labelled, seed));
    }
    if (input.other() != null) {
      int before = readings.groups();
      JudgeReadings second = new JudgeReadings(input.other(), n -> done.accept(before + n));
      rules.other(readOther(second, checked, stop));
      costUsd += second.costUsd();
    }
    return new JudgeReport(
        rules.outcome(),
        rules.next(),
        rules.findings(),
        checked.size(),
        checked.stream().mapToInt(CheckedGroup::size).sum(),
        repeats,
        root(measures.noise()),
        root(measures.spread()),
        readings.verdicts(),
        readings.failures(),
        costUsd,
        readings.seconds(0.5),
        readings.seconds(0.95),
        evidence(checked),
        stop.seen);
  }

  /** Remembers that it was to stop: a check that had nothing left to judge by then is whole. */
  private static final class Stop implements BooleanSupplier {
    private final BooleanSupplier asked;
    private boolean seen;

    Stop(BooleanSupplier asked) {
      this.asked = asked;
    }

    @Override
    public boolean getAsBoolean() {
      seen = seen || asked.getAsBoolean();
      return seen;
    }
  }

  /** Returns what the comparisons of pairs cost, if there are any. */
  private double compare(Input input, JudgeRules rules, BooleanSupplier stop)
      throws InterruptedException {
    if (input.comparing() == null || pairs == 0) {
      return 0;
    }
    PairOrders orders = new PairOrders(input.comparing(), seed);
    PairOrders.Preferences compared = orders.of(input.groups(), pairs, stop);
    rules.pairs(compared);
    return compared.costUsd();
  }

  /** Returns all readings of a group; empty if it is to stop before the last of them. */
  private Optional<CheckedGroup> read(
      JudgeReadings readings, KnownGroup group, BooleanSupplier stop) {
    List<double[]> all = new ArrayList<>();
    for (int r = 0; r < repeats && !stop.getAsBoolean(); r++) {
      all.add(readings.read(group, r % 2 == 1));
    }
    if (stop.getAsBoolean()) {
      return Optional.empty();
    }
    List<Completion> answers = group.answers().completions();
    List<Completion> padded =
        IntStream.range(0, answers.size())
            .mapToObj(i -> CheckedGroup.isPadded(i) ? padded(answers.get(i)) : answers.get(i))
            .toList();
    AnswerGroup longer = new AnswerGroup(group.answers().task(), padded);
    double[] rewards = readings.read(KnownGroup.of(longer), false);
    return Optional.of(new CheckedGroup(group, all, Arrays.stream(rewards).boxed().toList()));
  }

  /** Returns what the other judge says of all answers; NaN of those after it is to stop. */
  private static double[] readOther(
      JudgeReadings second, List<CheckedGroup> checked, BooleanSupplier stop) {
    return checked.stream()
        .flatMapToDouble(
            group ->
                stop.getAsBoolean()
                    ? group.places().mapToDouble(i -> Double.NaN)
                    : Arrays.stream(second.read(group.known(), false)))
        .toArray();
  }

  private static Completion padded(Completion answer) {
    return Completion.of(
        answer.text() + CheckedGroup.PADDING, answer.finishReason(), answer.tokenCount());
  }

  private static double root(double variance) {
    // Equal numbers have a mean that is off by a rounding.
    return Double.isNaN(variance) || variance < EQUAL * EQUAL ? 0 : Math.sqrt(variance);
  }

  /** Returns the answers whose readings differ most, and those that an empty ending helps most. */
  private static List<JudgeReport.Evidence> evidence(List<CheckedGroup> checked) {
    List<JudgeReport.Evidence> unsteady = new ArrayList<>();
    List<JudgeReport.Evidence> padded = new ArrayList<>();
    for (CheckedGroup group : checked) {
      String task = group.known().answers().task().id();
      for (int i = 0; i < group.size(); i++) {
        List<Double> all = Arrays.stream(group.of(i)).boxed().toList();
        if (range(all) > EQUAL) {
          unsteady.add(new JudgeReport.Evidence("read again", task, group.text(i), all));
        }
        if (CheckedGroup.isPadded(i) && group.padded().get(i) > group.mean(i) + EQUAL) {
          List<Double> both = List.of(group.mean(i), group.padded().get(i));
          padded.add(new JudgeReport.Evidence("padded", task, group.text(i), both));
        }
      }
    }
    List<JudgeReport.Evidence> shown = new ArrayList<>();
    for (List<JudgeReport.Evidence> kind : List.of(unsteady, padded)) {
      kind.sort(
          Comparator.comparingDouble((JudgeReport.Evidence e) -> range(e.rewards())).reversed());
      shown.addAll(kind.subList(0, Math.min(3, kind.size())));
    }
    return shown;
  }

  private static double range(List<Double> rewards) {
    DoubleSummaryStatistics all = rewards.stream().mapToDouble(r -> r).summaryStatistics();
    return all.getMax() - all.getMin();
  }
}
