package rft.prompt;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Cuts text into the pieces that merges never cross, as the written tokenizer does: special tokens
 * are left out, every digit stands alone, and the rest falls into words with the space before them.
 *
 * @see <a href="https://github.com/openai/gpt-2/blob/master/src/encoder.py">the pattern of
 *     GPT-2</a>
 */
final class PreTokenizer {
  private static final Pattern WORDS =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern NOTHING = Pattern.compile("(?!)");

  private final Pattern special;

  PreTokenizer(List<String> specialTokens) {
    special =
        specialTokens.isEmpty()
            ? NOTHING
            : Pattern.compile(
                specialTokens.stream()
                    .sorted(Comparator.comparing(String::length).reversed())
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|")));
  }

  /** Hands on the pieces of a text, in order. */
  void pieces(String text, Consumer<String> sink) {
    Matcher tokens = special.matcher(text);
    int start = 0;
    while (tokens.find()) {
      digitsApart(text, start, tokens.start(), sink);
      start = tokens.end();
    }
    digitsApart(text, start, text.length(), sink);
  }

  private static void digitsApart(String text, int start, int end, Consumer<String> sink) {
    int from = start;
    int at = start;
    while (at < end) {
      int codePoint = text.codePointAt(at);
      int next = at + Character.charCount(codePoint);
      if (isNumber(codePoint)) {
        words(text, from, at, sink);
        words(text, at, next, sink);
        from = next;
      }
      at = next;
    }
    words(text, from, end, sink);
  }

  private static boolean isNumber(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.DECIMAL_DIGIT_NUMBER
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }

  private static void words(String text, int start, int end, Consumer<String> sink) {
    // The look-ahead of the pattern stops at the bounds of the region, as it must.
    Matcher words = WORDS.matcher(text).region(start, end);
    while (words.find()) {
      sink.accept(words.group());
    }
  }
}
