package rft.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Rewards a completion that chooses the letter of the reference, and no other.
 *
 * <p>Pays 1 for the right choice, else 0. A choice is a letter after {@code ####}, in {@code
 * \boxed{}}, after "answer is" or "Answer:"; or the completion begins with it, as in "B", "(B)" or
 * "B) Rome"; or it is the text of one of the row's {@code choices}. Different choices earn nothing.
 * The reference is a letter, a number from 0 where the row has choices, or the text of a choice;
 * without one the reward abstains.
 *
 * <p>Does not catch a guess: a policy that always says the same letter earns its share of the
 * tasks. Shuffle the choices of the dataset, and watch whether one letter takes over.
 */
public final class MultipleChoice implements RewardFunction {
  /** The last letter that may be chosen. */
  private static final char LAST = 'J';

  /**
   * Whether an explanation may follow a letter at the beginning; false demands the letter alone.
   */
  private static final boolean MAY_EXPLAIN = true;

  private static final String LETTER = "\\(?([A-" + LAST + "])\\)?(?![\\w'\u2019])";
  private static final Pattern MARKED =
      Pattern.compile(
          "(?:####|\\\\boxed\\{|(?i:(?<!\\w)(?:answer|choice|option)\\s?(?:is|:|=))[\\s:]*+"
              + "(?i:option\\s)?)\\s*+"
              + LETTER);
  private static final Pattern FIRST =
      Pattern.compile("\\s*+" + LETTER + "(?<rest>.*)", Pattern.DOTALL);
  private static final Pattern SECOND_CHOICE =
      Pattern.compile("(?:(?<!\\w)(?:or|and)(?!\\w)|[,/&|])\\s*+" + LETTER);

  /** Makes the reward. */
  public MultipleChoice() {}

  @Override
  public Verdict score(Task task, Completion completion) {
    List<String> choices = new ArrayList<>();
    task.attributes().path("choices").forEach(choice -> choices.add(choice.asText().strip()));
    Optional<String> expected = expected(task.reference(), choices);
    if (expected.isEmpty()) {
      return new Abstain("the reference answer is none of the choices");
    }
    Set<String> chosen = chosen(completion.text().replace("**", ""), choices);
    if (chosen.size() != 1) {
      return Score.of(0, chosen.isEmpty() ? "no choice" : "several choices");
    }
    boolean right = chosen.contains(expected.get());
    return right ? Score.of(1, "right") : Score.of(0, "another choice");
  }

  private static Optional<String> expected(JsonNode reference, List<String> choices) {
    if (reference.isInt()) {
      int index = reference.intValue();
      return index >= 0 && index < choices.size() ? Optional.of(letter(index)) : Optional.empty();
    }
    String text = reference.asText().strip();
    Optional<String> byText = byText(text, choices);
    Matcher first = FIRST.matcher(text.length() == 1 ? text.toUpperCase(Locale.ROOT) : text);
    return byText.isEmpty() && first.matches() ? Optional.of(first.group(1)) : byText;
  }

  private static Set<String> chosen(String text, List<String> choices) {
    Set<String> chosen = new TreeSet<>();
    Matcher marked = MARKED.matcher(text);
    while (marked.find()) {
      chosen.add(marked.group(1));
      Matcher more = SECOND_CHOICE.matcher(text).region(marked.end(), text.length());
      if (more.find() && text.substring(marked.end(), more.start()).isBlank()) {
        chosen.add(more.group(1));
      }
    }
    if (chosen.isEmpty()) {
      byText(text.strip(), choices).ifPresent(chosen::add);
    }
    if (chosen.isEmpty()) {
      Matcher first = FIRST.matcher(text);
      if (first.matches() && isChoice(first.group(), first.group(1), first.group("rest"))) {
        chosen.add(first.group(1));
        Matcher more = SECOND_CHOICE.matcher(first.group("rest"));
        while (more.find()) {
          chosen.add(more.group(1));
        }
      }
    }
    return chosen;
  }

  /** Returns whether a letter at the beginning is a choice and not the word "A" or "I". */
  private static boolean isChoice(String text, String letter, String rest) {
    if (rest.isBlank() || rest.strip().equals(".")) {
      return true;
    }
    boolean isMarked = text.charAt(text.length() - rest.length() - 1) == ')';
    boolean isWord = "AI".contains(letter) && rest.matches("(?s) \\w.*");
    return MAY_EXPLAIN && (isMarked || !isWord);
  }

  private static Optional<String> byText(String text, List<String> choices) {
    for (int i = 0; i < choices.size(); i++) {
      if (!text.isEmpty() && choices.get(i).equalsIgnoreCase(text)) {
        return Optional.of(letter(i));
      }
    }
    return Optional.empty();
  }

  private static String letter(int index) {
    return String.valueOf((char) ('A' + index));
  }
}
