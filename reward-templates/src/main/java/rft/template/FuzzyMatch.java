package rft.template;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Rewards a completion that is much like the reference, by words or by letters.
 *
 * <p>Pays the likeness, 0 to 1, and nothing below a floor. By words it is the harmonic mean of the
 * share of the completion's words that the reference has and the share of the reference's words
 * that the completion has (F1), so that neither stuffing nor leaving out pays. By letters it is 1
 * minus the edits from one to the other for each letter of the longer. Case, punctuation, accents
 * and space are set aside. The reference is a text, or an array of texts of which the nearest
 * counts; without one the reward abstains.
 *
 * <p>Does not catch a small change that turns the meaning: "not", another name or another number in
 * a long text costs one word. By words it does not catch their order.
 */
public final class FuzzyMatch implements RewardFunction {
  /** What is compared: true for words, whose order is free; false for letters in their order. */
  private static final boolean BY_WORDS = true;

  /** Likeness below which nothing is paid, 0 to 1. */
  private static final double FLOOR = 0.3;

  /** Letters that are compared at most; longer texts are cut, because edits take time. */
  private static final int MOST_LETTERS = 2_000;

  /** Makes the reward. */
  public FuzzyMatch() {}

  @Override
  public Verdict score(Task task, Completion completion) {
    List<String> references = new ArrayList<>();
    if (task.reference().isArray()) {
      task.reference().forEach(reference -> references.add(plain(reference.asText())));
    } else {
      references.add(plain(task.referenceText()));
    }
    references.removeIf(String::isEmpty);
    if (references.isEmpty()) {
      return new Abstain("the task has no reference answer");
    }
    String text = plain(completion.text());
    double best =
        references.stream()
            .mapToDouble(reference -> BY_WORDS ? words(text, reference) : letters(text, reference))
            .max()
            .orElse(0);
    return Score.of(best < FLOOR ? 0 : best, "likeness %.2f".formatted(best));
  }

  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}+", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]+", " ")
        .strip();
  }

  private static double words(String text, String reference) {
    if (text.isEmpty()) {
      return 0;
    }
    Map<String, Integer> left = new HashMap<>();
    String[] expected = reference.split(" ");
    for (String word : expected) {
      left.merge(word, 1, Integer::sum);
    }
    String[] given = text.split(" ");
    int common = 0;
    for (String word : given) {
      if (left.merge(word, -1, Integer::sum) >= 0) {
        common++;
      }
    }
    return 2.0 * common / (given.length + expected.length);
  }

  private static double letters(String text, String reference) {
    String a = text.substring(0, Math.min(MOST_LETTERS, text.length()));
    String b = reference.substring(0, Math.min(MOST_LETTERS, reference.length()));
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(above[j - 1] + wrong, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return 1 - (double) above[b.length()] / Math.max(a.length(), b.length());
  }
}
