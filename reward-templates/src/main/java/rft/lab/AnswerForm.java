package rft.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rft.dataset.Task;

/**
 * How an answer is written so that a reward can find it: which part of the reference it is, and
 * what stands around it.
 *
 * @param field of the reference that holds the answer; empty if the whole reference does
 * @param before what stands before the answer
 * @param after what stands after it
 */
record AnswerForm(String field, String before, String after) {
  private static final String MARK = "####";
  private static final String WORK = "I read the question, then I work it out with care. ";

  /** The place of the answer in a form that a user gives. */
  static final String PLACE = "{answer}";

  /**
   * Returns the form that a text with {@value #PLACE} describes.
   *
   * @throws IllegalArgumentException if the text lacks it
   */
  static AnswerForm parse(String text) {
    int place = text.indexOf(PLACE);
    if (place < 0) {
      throw new IllegalArgumentException(
          "the form \"" + text + "\" must hold " + PLACE + ", for example \"#### {answer}\"");
    }
    return new AnswerForm("", text.substring(0, place), text.substring(place + PLACE.length()));
  }

  /** Returns the forms in which rewards commonly look for an answer, the dataset's own first. */
  static List<AnswerForm> common(Task task) {
    List<AnswerForm> forms = new ArrayList<>();
    own(task).ifPresent(forms::add);
    forms.addAll(around(""));
    JsonNode reference = task.reference();
    if (reference.isObject()) {
      for (Map.Entry<String, JsonNode> field : reference.properties()) {
        if (field.getValue().isValueNode()) {
          forms.addAll(around(field.getKey()));
        }
      }
    }
    return forms.stream().distinct().toList();
  }

  private static List<AnswerForm> around(String field) {
    return List.of(
        new AnswerForm(field, "", ""),
        new AnswerForm(field, MARK + " ", ""),
        new AnswerForm(field, WORK + MARK + " ", ""),
        new AnswerForm(field, "The answer is ", "."),
        new AnswerForm(field, "Answer: ", ""),
        new AnswerForm(field, WORK + "Final answer: ", ""),
        new AnswerForm(field, "\\boxed{", "}"),
        new AnswerForm(field, WORK + "The answer is \\boxed{", "}."),
        new AnswerForm(field, "<answer>", "</answer>"),
        new AnswerForm(field, "<think>" + WORK.strip() + "</think>", ""),
        new AnswerForm(field, "<think>" + WORK.strip() + "</think>\n<answer>", "</answer>"),
        new AnswerForm(field, "(", ")"),
        new AnswerForm(field, "```json\n", "\n```"),
        new AnswerForm(field, "{\"answer\": \"", "\"}"));
  }

  private static Optional<AnswerForm> own(Task task) {
    String value = new AnswerForm("", "", "").valueOf(task);
    return GoldAnswer.of(task)
        .map(gold -> gold.text())
        .filter(gold -> gold.endsWith(value))
        .map(gold -> new AnswerForm("", gold.substring(0, gold.length() - value.length()), ""));
  }

  /** Returns the answer to a task, empty if there is none. */
  String valueOf(Task task) {
    if (!field.isEmpty()) {
      JsonNode value = task.reference().path(field);
      return value.isMissingNode() || value.isNull() ? "" : value.asText();
    }
    String text = task.referenceText();
    int mark = text.lastIndexOf(MARK);
    return (mark < 0 ? text : text.substring(mark + MARK.length())).strip();
  }

  /** Returns an answer as it is written. */
  String write(String answer) {
    return before + answer + after;
  }

  /** Returns how it looks, with {@value #PLACE} where the answer stands. */
  String pattern() {
    return write(field.isEmpty() ? PLACE : "{" + field + "}");
  }
}
