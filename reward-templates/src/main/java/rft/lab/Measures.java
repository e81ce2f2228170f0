package rft.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rft.reward.Abstain;
import rft.reward.Failure;
import rft.reward.Judgement;
import rft.reward.Verdict;

/** What can be counted on answers that were judged once. */
final class Measures {
  private static final int MOST_VALUES = 8;
  private static final int BARS = 10;

  private final List<JudgedGroup> judged;
  private final List<ValueCounts> counts;
  private final FullMarks fullMarks;
  private final double[] scores;

  Measures(List<JudgedGroup> judged, FullMarks fullMarks) {
    this.judged = List.copyOf(judged);
    this.fullMarks = fullMarks;
    this.counts = judged.stream().map(g -> ValueCounts.of(g.rewards(), fullMarks)).toList();
    this.scores =
        judged.stream()
            .flatMapToDouble(group -> Arrays.stream(group.rewards()))
            .filter(reward -> !Double.isNaN(reward))
            .sorted()
            .toArray();
  }

  List<JudgedGroup> judged() {
    return judged;
  }

  List<ValueCounts> counts() {
    return counts;
  }

  int groups() {
    return judged.size();
  }

  int answers() {
    return judged.stream().mapToInt(group -> group.judgements().size()).sum();
  }

  /** Returns the least reward there is; positive infinity if there is none. */
  double low() {
    return scores.length == 0 ? Double.POSITIVE_INFINITY : scores[0];
  }

  /** Returns the most; negative infinity if there is none. */
  double high() {
    return scores.length == 0 ? Double.NEGATIVE_INFINITY : scores[scores.length - 1];
  }

  Card.Rewards rewards() {
    int n = scores.length;
    TreeMap<Double, Integer> values = new TreeMap<>();
    Arrays.stream(scores).forEach(score -> values.merge(ValueCounts.key(score), 1, Integer::sum));
    int full = (int) Arrays.stream(scores).filter(fullMarks::reachedBy).count();
    int ties = counts.stream().mapToInt(c -> c.good().ties() + c.bad().ties()).sum();
    int pairs = counts.stream().mapToInt(c -> c.scored() * (c.scored() - 1) / 2).sum();
    return new Card.Rewards(
        n,
        n == 0 ? null : mean(scores),
        n < 2 ? null : std(scores),
        n == 0 ? null : scores[0],
        n == 0 ? null : scores[n - 1],
        values.size(),
        Share.of(n == 0 ? 0 : values.lastEntry().getValue(), n),
        Share.of(full, n),
        Share.of(ties, pairs),
        bars(values));
  }

  private List<Card.Bar> bars(Map<Double, Integer> values) {
    List<Card.Bar> bars = new ArrayList<>();
    if (values.size() <= MOST_VALUES) {
      values.forEach((value, count) -> bars.add(new Card.Bar(value, value, count)));
      return bars;
    }
    double width = (high() - low()) / BARS;
    int[] heights = new int[BARS];
    for (double score : scores) {
      heights[Math.min(BARS - 1, (int) ((score - low()) / width))]++;
    }
    for (int i = 0; i < BARS; i++) {
      double to = i == BARS - 1 ? high() : low() + (i + 1) * width;
      bars.add(new Card.Bar(low() + i * width, to, heights[i]));
    }
    return bars;
  }

  /** Returns the mean over usable groups of the standard deviation of their rewards. */
  double spread() {
    return judged.stream()
        .map(group -> Arrays.stream(group.rewards()).filter(r -> !Double.isNaN(r)).toArray())
        .filter(rewards -> rewards.length >= 2)
        .mapToDouble(Measures::std)
        .average()
        .orElse(0);
  }

  /** Returns the mean size of an advantage. */
  double advantage(AdvantageRule rule) {
    double[][] rewards = judged.stream().map(JudgedGroup::rewards).toArray(double[][]::new);
    return Arrays.stream(rule.of(rewards))
        .flatMapToDouble(Arrays::stream)
        .map(Math::abs)
        .average()
        .orElse(0);
  }

  Card.Trouble trouble() {
    Map<String, List<Card.Miss>> failures = new LinkedHashMap<>();
    List<Card.Miss> abstentions = new ArrayList<>();
    for (JudgedGroup group : judged) {
      for (int i = 0; i < group.judgements().size(); i++) {
        Verdict verdict = group.verdicts().get(i);
        Card.Miss miss = new Card.Miss(group.task().id(), group.texts().get(i), verdict);
        if (verdict instanceof Failure failure) {
          String kind = failure.kind().name().toLowerCase(Locale.ROOT);
          failures.computeIfAbsent(kind, name -> new ArrayList<>()).add(miss);
        } else if (verdict instanceof Abstain) {
          abstentions.add(miss);
        }
      }
    }
    List<Card.Kind> kinds =
        failures.entrySet().stream()
            .map(e -> new Card.Kind(e.getKey(), e.getValue().size(), e.getValue().get(0)))
            .sorted(Comparator.comparingInt(Card.Kind::count).reversed())
            .toList();
    int failed = kinds.stream().mapToInt(Card.Kind::count).sum();
    return new Card.Trouble(
        Share.of(failed, answers()),
        kinds,
        Share.of(abstentions.size(), answers()),
        first(abstentions));
  }

  private static Card.@Nullable Miss first(List<Card.Miss> misses) {
    return misses.isEmpty() ? null : misses.get(0);
  }

  Card.Latency latency() {
    List<Judgement> all = judged.stream().flatMap(g -> g.judgements().stream()).toList();
    double cost = all.stream().mapToDouble(j -> j.verdict().costUsd()).sum();
    List<Duration> sorted = all.stream().map(Judgement::latency).sorted().toList();
    return new Card.Latency(quantile(sorted, 0.5), quantile(sorted, 0.95), cost);
  }

  /** Returns the least time that this share of the calls does not exceed. */
  private static double quantile(List<Duration> sorted, double share) {
    int place = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.max(0, place)).toNanos() / 1e9;
  }

  private static double mean(double... values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static double std(double... values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }
}
