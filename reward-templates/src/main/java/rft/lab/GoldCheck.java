package rft.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.RewardJudge;
import rft.reward.Verdict;

/**
 * Judges the dataset's own answers, each as the only one of its group.
 *
 * @param judge of the reward
 * @param fullMarks what they must get
 * @param sampled what a model's answers got
 * @param form how they are written; null for the reference alone, or another form in which all of
 *     them get full marks
 * @param stop asked before each of them
 */
record GoldCheck(
    RewardJudge judge,
    FullMarks fullMarks,
    Measures sampled,
    @Nullable GoldForm form,
    BooleanSupplier stop) {
  /** Tasks on which another form must work before all are judged in it. */
  private static final int TRIED = 5;

  Card.Gold of(List<Task> tasks) {
    Card.Gold gold = form == null ? judged(tasks, null) : judged(tasks, form);
    boolean silent = gold.full() == 0 && !gold.misses().isEmpty() && gold.alternative() == null;
    return form == null && silent ? inAnotherForm(tasks).orElse(gold) : gold;
  }

  /** Returns what they get in a form in which all get full marks, if there is one. */
  private Optional<Card.Gold> inAnotherForm(List<Task> tasks) {
    List<Task> some =
        tasks.stream().filter(task -> !task.referenceText().isEmpty()).limit(TRIED).toList();
    return GoldForm.candidates(sampled.judged(), fullMarks).stream()
        .filter(other -> judged(some, other).full() == some.size())
        .map(other -> judged(tasks, other))
        .filter(gold -> gold.misses().isEmpty())
        .findFirst();
  }

  private Card.Gold judged(List<Task> tasks, @Nullable GoldForm written) {
    int judged = 0;
    int full = 0;
    int abstained = 0;
    List<Card.Miss> misses = new ArrayList<>();
    for (Task task : tasks) {
      CardPlan.orCancel(stop);
      Optional<Completion> gold = written == null ? GoldAnswer.of(task) : written.of(task);
      if (gold.isEmpty()) {
        continue;
      }
      judged++;
      Verdict verdict = judge.judge(task, List.of(gold.get())).get(0).verdict();
      if (verdict instanceof Abstain) {
        abstained++;
      } else if (fullMarks.reachedBy(verdict)) {
        full++;
      } else if (!isOutage(verdict)) {
        misses.add(new Card.Miss(task.id(), gold.get().text(), verdict));
      }
    }
    boolean allMiss = !misses.isEmpty() && full == 0;
    return new Card.Gold(
        judged,
        full,
        abstained,
        tasks.size() - judged,
        misses,
        allMiss ? other(misses) : null,
        written == null ? null : written.text());
  }

  /** That a service is down says nothing about what it pays. */
  private static boolean isOutage(Verdict verdict) {
    return verdict instanceof Failure failure
        && (failure.kind() == Failure.Kind.SERVICE || failure.kind() == Failure.Kind.THROTTLED);
  }

  /**
   * Returns what every one of these got, if that is the most there is and others get less: then it
   * is what this reward means by full marks.
   */
  private @Nullable Double other(List<Card.Miss> misses) {
    double[] rewards =
        misses.stream().mapToDouble(miss -> miss.verdict().reward().orElse(Double.NaN)).toArray();
    double value = rewards[0];
    for (double reward : rewards) {
      if (!(Math.abs(reward - value) <= 1e-9)) {
        return null;
      }
    }
    return value >= sampled.high() && value > sampled.low() ? value : null;
  }
}
