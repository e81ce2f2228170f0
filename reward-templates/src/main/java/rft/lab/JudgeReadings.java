package rft.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.Judgement;
import rft.reward.RewardJudge;

/** What a judge says of the same groups again and again, and what that costs. */
final class JudgeReadings {
  private final RewardJudge judge;
  private final IntConsumer done;
  private final List<Duration> latencies = new ArrayList<>();
  private final Map<String, Integer> failures = new TreeMap<>();
  private String firstFailure = "";
  private int verdicts;
  private double costUsd;

  /**
   * @param done is told the number of groups judged so far
   */
  JudgeReadings(RewardJudge judge, IntConsumer done) {
    this.judge = judge;
    this.done = done;
  }

  /**
   * Returns the rewards of a group in its order, NaN where there is none.
   *
   * @param turned whether the judge sees the last answer first
   */
  double[] read(KnownGroup group, boolean turned) {
    List<Completion> shown = new ArrayList<>(group.answers().completions());
    if (turned) {
      Collections.reverse(shown);
    }
    List<Judgement> judgements = new ArrayList<>(judge.judge(group.answers().task(), shown));
    latencies.add(judgements.get(0).latency());
    if (turned) {
      Collections.reverse(judgements);
    }
    judgements.forEach(this::count);
    done.accept(latencies.size());
    return judgements.stream().mapToDouble(j -> j.verdict().reward().orElse(Double.NaN)).toArray();
  }

  private void count(Judgement judgement) {
    verdicts++;
    costUsd += judgement.verdict().costUsd();
    if (judgement.verdict() instanceof Failure failure) {
      firstFailure = firstFailure.isEmpty() ? failure.detail() : firstFailure;
      failures.merge(failure.kind().name().toLowerCase(Locale.ROOT), 1, Integer::sum);
    }
  }

  int groups() {
    return latencies.size();
  }

  int verdicts() {
    return verdicts;
  }

  /** Returns what went wrong first; empty if nothing did. */
  String firstFailure() {
    return firstFailure;
  }

  int failed() {
    return failures.values().stream().mapToInt(count -> count).sum();
  }

  Map<String, Integer> failures() {
    return failures;
  }

  double costUsd() {
    return costUsd;
  }

  /** Returns the time that this share of the groups did not exceed, in seconds. */
  double seconds(double share) {
    List<Duration> sorted = latencies.stream().sorted().toList();
    int place = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, place)).toNanos() / 1e9;
  }
}
