package rft.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rft.reward.Abstain;
import rft.reward.Failure;
import rft.reward.FailurePolicy;
import rft.reward.Verdict;

/**
 * How two rewards are compared.
 *
 * @param threshold from which reward on an answer passes
 * @param failures what a failed reward means in training
 * @param rule how training compares rewards
 */
public record DiffPlan(FullMarks threshold, FailurePolicy failures, AdvantageRule rule) {
  private static final double EQUAL = 1e-9;

  /** Advantages of less than this say nothing. */
  private static final double NOTHING = 1e-9;

  /** Returns the comparison of what was said of the same groups. */
  public VerdictDiff diff(List<VerdictDiff.Pair> pairs) {
    double[][] first = rewards(pairs, VerdictDiff.Pair::first);
    double[][] second = rewards(pairs, VerdictDiff.Pair::second);
    double[][] firstAdvantages = advantages(pairs, first);
    double[][] secondAdvantages = advantages(pairs, second);
    List<Both> all = new ArrayList<>();
    for (int g = 0; g < pairs.size(); g++) {
      for (int i = 0; i < pairs.get(g).first().size(); i++) {
        all.add(new Both(pairs.get(g), i, firstAdvantages[g][i], secondAdvantages[g][i]));
      }
    }
    return new VerdictDiff(
        pairs.size(),
        all.size(),
        threshold.value(),
        scores(all),
        flips(all),
        new VerdictDiff.Outcomes(
            count(all, Both::first, Failure.class),
            count(all, Both::second, Failure.class),
            count(all, Both::first, Abstain.class),
            count(all, Both::second, Abstain.class)),
        OrderChange.of(first, second),
        advantages(all),
        signal(pairs, first, second),
        cases(all));
  }

  /** One answer with all that was said of it. */
  private record Both(
      VerdictDiff.Pair pair, int place, double firstAdvantage, double secondAdvantage) {
    Verdict first() {
      return pair.first().get(place);
    }

    Verdict second() {
      return pair.second().get(place);
    }

    String text() {
      return pair.answers().completions().get(place).text();
    }

    boolean isScoredTwice() {
      return first().reward().isPresent() && second().reward().isPresent();
    }

    /** Returns the second reward minus the first; 0 where one is missing. */
    double gap() {
      return isScoredTwice() ? second().reward().getAsDouble() - first().reward().getAsDouble() : 0;
    }

    double change() {
      return secondAdvantage - firstAdvantage;
    }

    boolean isTurned() {
      return Math.min(Math.abs(firstAdvantage), Math.abs(secondAdvantage)) > NOTHING
          && Math.signum(firstAdvantage) != Math.signum(secondAdvantage);
    }
  }

  private double[][] rewards(
      List<VerdictDiff.Pair> pairs, Function<VerdictDiff.Pair, List<Verdict>> of) {
    return pairs.stream()
        .map(of)
        .map(
            verdicts -> {
              boolean dropped = failures.dropsGroup(verdicts);
              return verdicts.stream()
                  .mapToDouble(v -> dropped ? Double.NaN : failures.rewardOf(v).orElse(Double.NaN))
                  .toArray();
            })
        .toArray(double[][]::new);
  }

  /** Applies the rule to each step alone, as the training did. */
  private double[][] advantages(List<VerdictDiff.Pair> pairs, double[][] rewards) {
    double[][] advantages = new double[pairs.size()][];
    int from = 0;
    while (from < pairs.size()) {
      int to = from + 1;
      while (to < pairs.size() && Objects.equals(pairs.get(to).step(), pairs.get(from).step())) {
        to++;
      }
      double[][] step = rule.of(Arrays.copyOfRange(rewards, from, to));
      System.arraycopy(step, 0, advantages, from, step.length);
      from = to;
    }
    return advantages;
  }

  private static VerdictDiff.Scores scores(List<Both> all) {
    List<Both> both = all.stream().filter(Both::isScoredTwice).toList();
    int equal = (int) both.stream().filter(answer -> Math.abs(answer.gap()) <= EQUAL).count();
    return new VerdictDiff.Scores(
        both.size(), equal, mean(both, Both::first), mean(both, Both::second));
  }

  private static @Nullable Double mean(List<Both> answers, Function<Both, Verdict> of) {
    return answers.isEmpty()
        ? null
        : answers.stream()
            .mapToDouble(answer -> of.apply(answer).reward().orElse(0))
            .average()
            .orElse(0);
  }

  private static int count(
      List<Both> all, Function<Both, Verdict> of, Class<? extends Verdict> kind) {
    return (int) all.stream().filter(answer -> kind.isInstance(of.apply(answer))).count();
  }

  private VerdictDiff.Flips flips(List<Both> all) {
    int[] counts = new int[4];
    for (Both answer : all) {
      counts[(passes(answer.first()) ? 1 : 0) + (passes(answer.second()) ? 2 : 0)]++;
    }
    return new VerdictDiff.Flips(counts[3], counts[2], counts[1], counts[0]);
  }

  private boolean passes(Verdict verdict) {
    return threshold.reachedBy(verdict);
  }

  private static VerdictDiff.Advantages advantages(List<Both> all) {
    int turned = 0;
    int vanished = 0;
    int appeared = 0;
    double change = 0;
    for (Both answer : all) {
      boolean was = Math.abs(answer.firstAdvantage()) > NOTHING;
      boolean is = Math.abs(answer.secondAdvantage()) > NOTHING;
      turned += answer.isTurned() ? 1 : 0;
      vanished += was && !is ? 1 : 0;
      appeared += !was && is ? 1 : 0;
      change += Math.abs(answer.change());
    }
    return new VerdictDiff.Advantages(
        turned, vanished, appeared, all.isEmpty() ? 0 : change / all.size());
  }

  private VerdictDiff.Signal signal(
      List<VerdictDiff.Pair> pairs, double[][] first, double[][] second) {
    int both = 0;
    int neither = 0;
    List<VerdictDiff.Place> gained = new ArrayList<>();
    List<VerdictDiff.Place> lost = new ArrayList<>();
    for (int g = 0; g < pairs.size(); g++) {
      boolean was = teaches(first[g]);
      boolean is = teaches(second[g]);
      both += was && is ? 1 : 0;
      neither += !was && !is ? 1 : 0;
      if (was != is) {
        (is ? gained : lost).add(place(pairs.get(g)));
      }
    }
    return new VerdictDiff.Signal(both, gained, lost, neither);
  }

  private boolean teaches(double... rewards) {
    ValueCounts counts = ValueCounts.of(rewards, threshold);
    return counts.usable() && !counts.isAllBad() && !counts.isAllGood();
  }

  private static VerdictDiff.Place place(VerdictDiff.Pair pair) {
    return new VerdictDiff.Place(pair.step(), pair.answers().task().id());
  }

  private List<VerdictDiff.Case> cases(List<Both> all) {
    record Same(VerdictDiff.Pair pair, String text, Verdict first, Verdict second) {}
    Map<Same, VerdictDiff.Case> cases = new LinkedHashMap<>();
    all.stream()
        .filter(answer -> gravity(answer) > 0)
        .sorted(Comparator.comparingDouble(this::gravity).reversed())
        .forEach(
            answer ->
                cases.merge(
                    new Same(answer.pair(), answer.text(), answer.first(), answer.second()),
                    asCase(answer),
                    (known, other) -> known.again()));
    return cases.values().stream().limit(VerdictDiff.MOST_CASES).toList();
  }

  private VerdictDiff.Case asCase(Both answer) {
    AnswerGroup group = answer.pair().answers();
    return new VerdictDiff.Case(
        place(answer.pair()),
        group.task().promptText(),
        group.task().referenceText(),
        answer.text(),
        answer.first(),
        answer.second(),
        answer.firstAdvantage(),
        answer.secondAdvantage(),
        1,
        change(answer));
  }

  /** Orders changes: new failures, then pass and fail, then the sign, then the size. */
  private double gravity(Both answer) {
    double kind =
        fails(answer.second()) && !fails(answer.first())
            ? 4_000
            : passes(answer.first()) != passes(answer.second())
                ? 3_000
                : answer.first().getClass() != answer.second().getClass()
                    ? 2_000
                    : answer.isTurned() ? 1_000 : 0;
    double gap = Math.abs(answer.gap());
    double size = Math.abs(answer.change()) + gap / (1 + gap);
    return kind + (size > 2 * EQUAL ? Math.min(999, size) : 0);
  }

  private String change(Both answer) {
    boolean was = passes(answer.first());
    boolean is = passes(answer.second());
    if (fails(answer.second()) != fails(answer.first())) {
      return fails(answer.second()) ? "fails now" : "fails no more";
    }
    if (was != is) {
      return is ? "passes now" : "passes no more";
    }
    if (answer.first().getClass() != answer.second().getClass()) {
      return answer.second() instanceof Abstain ? "abstains now" : "abstains no more";
    }
    if (answer.isTurned()) {
      return answer.secondAdvantage() > 0 ? "encouraged now" : "discouraged now";
    }
    double gap = answer.gap();
    return Math.abs(gap) <= EQUAL ? "other advantage" : gap > 0 ? "more now" : "less now";
  }

  private static boolean fails(Verdict verdict) {
    return verdict instanceof Failure;
  }
}
