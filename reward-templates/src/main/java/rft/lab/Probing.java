package rft.lab;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.FinishReason;
import rft.reward.RewardJudge;
import rft.reward.Verdict;

/** Asks a reward about texts, and keeps the bill. */
final class Probing {
  private static final int CHARACTERS_PER_TOKEN = 4;

  private final RewardJudge judge;
  private final Map<String, Integer> failures = new TreeMap<>();
  private String firstReason = "";
  private int calls;
  private double costUsd;

  Probing(RewardJudge judge) {
    this.judge = judge;
  }

  /** Returns the reward of each different text, NaN where there is none. */
  Map<String, Double> rewards(Task task, List<String> texts) {
    Set<String> different = new LinkedHashSet<>(texts);
    Map<String, Double> rewards = new LinkedHashMap<>();
    if (different.isEmpty()) {
      return rewards;
    }
    List<Completion> completions = different.stream().map(Probing::completion).toList();
    JudgedGroup judged = JudgedGroup.of(judge, new AnswerGroup(task, completions));
    int place = 0;
    for (String text : different) {
      rewards.put(text, reward(judged.verdicts().get(place++)));
    }
    return rewards;
  }

  /** A reward may look at the number of tokens, which a made-up text has only roughly. */
  static Completion completion(String text) {
    int tokens = 1 + (text.length() + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    return Completion.of(text, FinishReason.STOP, tokens);
  }

  private double reward(Verdict verdict) {
    calls++;
    if (verdict instanceof Failure failure) {
      failures.merge(failure.kind().name().toLowerCase(Locale.ROOT), 1, Integer::sum);
    }
    if (firstReason.isEmpty()) {
      firstReason = verdict.fold(score -> "", Abstain::reason, Failure::detail);
    }
    costUsd += verdict.costUsd();
    return verdict.reward().orElse(Double.NaN);
  }

  int calls() {
    return calls;
  }

  double costUsd() {
    return costUsd;
  }

  /** Returns why the first answer without a score got none; empty if all got one. */
  String firstReason() {
    return firstReason;
  }

  Map<String, Integer> failures() {
    return failures;
  }
}
