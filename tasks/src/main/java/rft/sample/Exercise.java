package rft.sample;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One exercise: what is asked, and every way in which the teacher may answer it.
 *
 * @param prompt the question, in one of its wordings
 * @param content what the question is about, the same in every wording: the split goes by it
 * @param reference the answer to check against
 * @param answers the teacher's styles with their odds; the first is the careful one, which is right
 */
record Exercise(String prompt, String content, JsonNode reference, List<Answer> answers) {
  Exercise {
    answers = List.copyOf(answers);
    int total = answers.stream().mapToInt(Answer::odds).sum();
    if (total != 100) {
      throw new IllegalArgumentException(
          "the odds of the answers add up to " + total + ", not 100");
    }
  }

  /**
   * One style of answering.
   *
   * @param style its name, one word
   * @param odds in how many of a hundred demonstrations the teacher answers so
   * @param text the answer to this exercise in this style
   */
  record Answer(String style, int odds, String text) {}

  /** Returns an answer, chosen by the odds. */
  Answer teach(CounterRandom random) {
    int place = random.below(100);
    for (Answer answer : answers) {
      place -= answer.odds();
      if (place < 0) {
        return answer;
      }
    }
    throw new IllegalStateException("the odds add up to 100, so one answer was chosen");
  }
}
