package rft.template;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.FinishReason;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Rewards a completion of the right length that does not repeat itself.
 *
 * <p>Pays length times variety, each 0 to 1 and a part of its own. Length is 1 between the least
 * and the most words, and falls in a straight line to 0 at no word and at twice the most; a row may
 * set its own with {@code min_words} and {@code max_words}. Variety is the share of word sequences
 * that stand there for the first time. A completion that was cut off has no length that counts.
 *
 * <p>Does not catch what is said: any varied text of the right length earns full marks. Use it as a
 * part beside one that looks at the content. Text without spaces between words counts as one word.
 */
public final class LengthAndRepetition implements RewardFunction {
  /** The fewest words for full marks. */
  private static final int MIN_WORDS = 5;

  /** The most words for full marks; at twice as many nothing is paid. */
  private static final int MAX_WORDS = 200;

  /** Words in a sequence that should not come twice. */
  private static final int SEQUENCE = 3;

  /** Whether a completion that was cut off at the token limit earns nothing. */
  private static final boolean CUT_EARNS_NOTHING = true;

  /** Makes the reward. */
  public LengthAndRepetition() {}

  @Override
  public Verdict score(Task task, Completion completion) {
    int max = task.attributes().path("max_words").asInt(MAX_WORDS);
    int min = task.attributes().path("min_words").asInt(Math.min(MIN_WORDS, max));
    if (min < 0 || max < 1 || min > max) {
      throw new IllegalArgumentException(
          "min_words (" + min + ") and max_words (" + max + ") are no range");
    }
    List<String> words = words(completion.text());
    boolean cut = CUT_EARNS_NOTHING && completion.finishReason() == FinishReason.LENGTH;
    double length = cut ? 0 : length(words.size(), min, max);
    double variety = variety(words);
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("length", length);
    parts.put("variety", variety);
    String reason = words.size() + " words" + (cut ? ", cut off" : "");
    return new Score(length * variety, parts, reason, 0);
  }

  private static List<String> words(String text) {
    String plain = text.toLowerCase(Locale.ROOT).strip();
    return plain.isEmpty() ? List.of() : List.of(plain.split("\\s+"));
  }

  private static double length(int words, int min, int max) {
    if (words < min) {
      return (double) words / min;
    }
    return words == 0 ? 0 : Math.max(0, Math.min(1, 2 - (double) words / max));
  }

  private static double variety(List<String> words) {
    int sequences = words.size() - SEQUENCE + 1;
    if (sequences <= 1) {
      return words.isEmpty() ? 0 : (double) new HashSet<>(words).size() / words.size();
    }
    Set<List<String>> seen = new HashSet<>();
    for (int i = 0; i < sequences; i++) {
      seen.add(words.subList(i, i + SEQUENCE));
    }
    return (double) seen.size() / sequences;
  }
}
