package rft.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import rft.dataset.Task;
import rft.reward.Completion;

/**
 * How a right answer is written around the reference.
 *
 * @param text in which {@link #PLACE} stands for the reference
 */
public record GoldForm(String text) {
  /** Stands for the reference. */
  public static final String PLACE = "{answer}";

  /** What tasks often ask for; tried where the reference alone gets nothing. */
  static final List<GoldForm> USUAL =
      List.of(
          new GoldForm("#### {answer}"),
          new GoldForm("\\boxed{{answer}}"),
          new GoldForm("<answer>{answer}</answer>"),
          new GoldForm("<think>\nLet me think.\n</think>\n<answer>{answer}</answer>"),
          new GoldForm("<think>\nLet me think.\n</think>\n{answer}"),
          new GoldForm("<think>\nLet me think.\n</think>\n#### {answer}"),
          new GoldForm("Answer: {answer}"),
          new GoldForm("The answer is {answer}."),
          new GoldForm("```json\n{answer}\n```"));

  public GoldForm {
    if (!text.contains(PLACE)) {
      throw new IllegalArgumentException(
          "a form of answers (" + text + ") must say where the reference goes: " + PLACE);
    }
  }

  /** Returns the task's answer in this form, or empty if it has no reference. */
  public Optional<Completion> of(Task task) {
    return task.referenceText().isEmpty()
        ? Optional.empty()
        : Optional.of(Completion.of(text.replace(PLACE, task.referenceText())));
  }

  /** Returns the usual forms, and then those of short answers that got full marks. */
  static List<GoldForm> candidates(List<JudgedGroup> judged, FullMarks fullMarks) {
    List<GoldForm> forms = new ArrayList<>(USUAL);
    judged.stream()
        .flatMap(group -> paid(group, fullMarks).stream())
        .distinct()
        .sorted(Comparator.comparingInt(form -> form.text().length()))
        .limit(3)
        .forEach(forms::add);
    return forms;
  }

  private static List<GoldForm> paid(JudgedGroup group, FullMarks fullMarks) {
    String reference = group.task().referenceText();
    List<GoldForm> forms = new ArrayList<>();
    for (int i = 0; i < group.texts().size() && !reference.isEmpty(); i++) {
      String answer = group.texts().get(i);
      int place = answer.lastIndexOf(reference);
      if (place >= 0 && fullMarks.reachedBy(group.verdicts().get(i))) {
        String after = answer.substring(place + reference.length());
        forms.add(new GoldForm(answer.substring(0, place) + PLACE + after));
      }
    }
    return forms;
  }
}
