package rft.lab;

import java.util.List;

/**
 * Answers to a task, and what each is really worth as far as that is known.
 *
 * @param answers the answers
 * @param worth of each answer, NaN where it is not known; empty if it is known of none
 */
public record KnownGroup(AnswerGroup answers, List<Double> worth) {
  public KnownGroup {
    worth = List.copyOf(worth);
    if (!worth.isEmpty() && worth.size() != answers.completions().size()) {
      throw new IllegalArgumentException(
          worth.size() + " worths of " + answers.completions().size() + " answers");
    }
  }

  /** Returns answers of which nothing is known. */
  public static KnownGroup of(AnswerGroup answers) {
    return new KnownGroup(answers, List.of());
  }
}
