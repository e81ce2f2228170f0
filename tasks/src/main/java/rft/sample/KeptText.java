package rft.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A plain text that keeps every constraint asked for: the reference answer of an instruction. It
 * proves that the constraints can be kept together; it is no model of good writing.
 */
final class KeptText {
  private static final List<String> SENTENCES =
      List.of("Everyone smiles", "Life feels good", "Children laugh");
  private static final List<String> FILLING =
      List.of("here", "today", "with", "joy", "again", "at", "home");
  private static final List<String> POINTS = List.of("calm", "light", "warmth", "air");

  int fewestWords;
  int sentences;
  int points;
  boolean isSmall;
  String word = "";
  String beginning = "";
  String ending = "";

  /** Returns the text. */
  String text() {
    String text = points > 0 ? list() : prose();
    return isSmall ? text.toLowerCase(Locale.ROOT) : text;
  }

  private String list() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      lines.add("- " + POINTS.get(i) + (i == 0 ? spaced(word) : ""));
    }
    return String.join("\n", lines);
  }

  private String prose() {
    int count = Math.max(1, sentences);
    boolean endingIsOwnSentence = !ending.isEmpty() && count > 1;
    int bodies = endingIsOwnSentence ? count - 1 : count;
    StringBuilder first = new StringBuilder(beginning);
    first.append(first.isEmpty() ? "" : " ").append(SENTENCES.get(0)).append(spaced(word));
    int words = wordsOf(first + spaced(ending));
    for (int i = 1; i < bodies; i++) {
      words += wordsOf(SENTENCES.get(i));
    }
    for (int i = 0; words < fewestWords; i++, words++) {
      first.append(' ').append(FILLING.get(i % FILLING.size()));
    }
    if (!ending.isEmpty() && !endingIsOwnSentence) {
      return first + ": " + ending;
    }
    StringBuilder text = new StringBuilder(first).append('.');
    for (int i = 1; i < bodies; i++) {
      text.append(' ').append(SENTENCES.get(i)).append('.');
    }
    return text + spaced(ending);
  }

  private static int wordsOf(String text) {
    return text.split(" ").length;
  }

  private static String spaced(String text) {
    return text.isEmpty() ? "" : " " + text;
  }
}
