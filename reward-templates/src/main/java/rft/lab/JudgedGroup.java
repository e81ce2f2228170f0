package rft.lab;

import java.util.List;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.Judgement;
import rft.reward.RewardJudge;
import rft.reward.Verdict;

/**
 * A task, some answers to it, and what a reward said of each.
 *
 * @param answers what was judged
 * @param judgements one for each completion, in the same order
 */
public record JudgedGroup(AnswerGroup answers, List<Judgement> judgements) {
  public JudgedGroup {
    judgements = List.copyOf(judgements);
    if (judgements.size() != answers.completions().size()) {
      throw new IllegalArgumentException(
          judgements.size()
              + " judgements of "
              + answers.completions().size()
              + " completions: there must be one for each");
    }
  }

  /** Returns the answers as a reward judges them. */
  public static JudgedGroup of(RewardJudge judge, AnswerGroup answers) {
    return new JudgedGroup(answers, judge.judge(answers.task(), answers.completions()));
  }

  public Task task() {
    return answers.task();
  }

  /** Returns the answers' texts. */
  public List<String> texts() {
    return answers.completions().stream().map(Completion::text).toList();
  }

  /** Returns what was said of each answer. */
  public List<Verdict> verdicts() {
    return judgements.stream().map(Judgement::verdict).toList();
  }

  /** Returns the rewards, NaN where there is none. */
  public double[] rewards() {
    return judgements.stream()
        .mapToDouble(judgement -> judgement.verdict().reward().orElse(Double.NaN))
        .toArray();
  }
}
