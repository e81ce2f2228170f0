package rft.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * The answers of a group without repetitions, so that equal ones are judged and paid for once.
 *
 * @param texts in the order of their first occurrence
 */
record DistinctAnswers(List<String> texts) {
  DistinctAnswers {
    texts = List.copyOf(texts);
  }

  static DistinctAnswers of(List<Completion> group) {
    return new DistinctAnswers(
        List.copyOf(new LinkedHashSet<>(group.stream().map(Completion::text).toList())));
  }

  /** Returns the verdicts on these answers for each of the group; a repetition costs nothing. */
  List<Verdict> spread(List<Completion> group, List<Verdict> judged) {
    Map<String, Verdict> byText = new HashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      byText.put(texts.get(i), judged.get(i));
    }
    List<Verdict> verdicts = new ArrayList<>(group.size());
    for (Completion completion : group) {
      verdicts.add(byText.get(completion.text()));
      byText.computeIfPresent(completion.text(), (text, verdict) -> free(verdict));
    }
    return verdicts;
  }

  private static Verdict free(Verdict verdict) {
    return verdict.fold(
        score -> new Score(score.value(), score.parts(), score.reason(), 0),
        abstain -> abstain,
        failure -> new Failure(failure.kind(), failure.detail(), 0));
  }
}
