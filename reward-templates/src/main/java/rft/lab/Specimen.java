package rft.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import rft.dataset.Task;

/**
 * One task as a probe attacks it: its right answer, and answers that are right elsewhere.
 *
 * @param task what is asked
 * @param form how an answer is written
 * @param answer the right one
 * @param wrong right answers of other tasks, the one that shares least with this one first
 */
record Specimen(Task task, AnswerForm form, AnswerValue answer, List<String> wrong) {
  private static final int WRONG = 4;
  private static final int LOOKED_AT = 60;

  Specimen {
    wrong = List.copyOf(wrong);
  }

  /** Returns the task with answers of others; none of those is left out that differs from it. */
  static Specimen of(Task task, AnswerForm form, List<Task> all) {
    AnswerValue answer = new AnswerValue(form.valueOf(task));
    List<String> others =
        all.stream()
            .map(form::valueOf)
            .filter(value -> !value.isEmpty())
            .distinct()
            .limit(LOOKED_AT)
            .map(AnswerValue::new)
            .filter(value -> answer.overlap(value) < 1)
            .sorted(Comparator.comparingDouble(answer::overlap))
            .map(AnswerValue::text)
            .toList();
    List<String> wrong = new ArrayList<>(others.subList(0, Math.min(WRONG, others.size())));
    answer.nearMisses().values().stream().filter(near -> wrong.size() < WRONG).forEach(wrong::add);
    while (wrong.size() < 2) {
      // Between two wrong answers the right one stands neither first nor last.
      wrong.add(wrong.isEmpty() ? "something else" : wrong.get(0));
    }
    return new Specimen(task, form, answer, wrong);
  }

  /** Returns the right answer as it is written. */
  String gold() {
    return form.write(answer.text());
  }

  /** Returns a wrong answer as it is written. */
  String written(int place) {
    return form.write(wrong.get(Math.min(place, wrong.size() - 1)));
  }
}
