package rft.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import rft.prompt.TextTokenizer;
import rft.prompt.Tokens;

/** Cuts an answer into the texts of its tokens. */
record TokenTexts(TextTokenizer tokenizer) {
  private static final char BROKEN = '\uFFFD';

  /**
   * Returns what each token adds to the text: decoded in growing pieces, because a tokenizer may
   * write a token differently at the start of a text, and a character may take several tokens. If
   * the pieces do not give the text back, the first holds all of it.
   *
   * @param text the answer, as it was stored
   */
  List<String> of(int[] tokens, String text) {
    List<String> pieces = new ArrayList<>();
    int from = 0; // where the window begins, so that decoding stays linear in the length
    int read = 0; // tokens whose text is out
    for (int i = 0; i < tokens.length; i++) {
      String before = decode(tokens, from, read);
      String now = decode(tokens, from, i + 1);
      boolean whole = now.isEmpty() || now.charAt(now.length() - 1) != BROKEN;
      if ((whole || nothingFollows(tokens, i + 1)) && now.startsWith(before)) {
        pieces.add(now.substring(before.length()));
        from = read;
        read = i + 1;
      } else {
        pieces.add("");
      }
    }
    return String.join("", pieces).equals(text) ? pieces : uncut(tokens.length, text);
  }

  /** Returns whether what is broken stays so: the text ends, or a special token comes between. */
  private boolean nothingFollows(int[] tokens, int next) {
    return next == tokens.length || decode(tokens, next, next + 1).isEmpty();
  }

  private String decode(int[] tokens, int from, int to) {
    return tokenizer.decode(Tokens.of(Arrays.copyOfRange(tokens, from, to)));
  }

  private static List<String> uncut(int count, String text) {
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pieces.add(i == 0 ? text : "");
    }
    return pieces;
  }

  /** Returns the tokens with what was known of each. */
  List<TokenSight> sights(
      int[] tokens, String text, float[] logProbs, float[] entropies, float[] others) {
    List<String> pieces = of(tokens, text);
    List<TokenSight> sights = new ArrayList<>();
    for (int i = 0; i < tokens.length; i++) {
      sights.add(
          new TokenSight(
              pieces.get(i),
              pieces.get(i).isEmpty() ? tokenizer.piece(tokens[i]) : "",
              TokenSight.known(logProbs[i]),
              TokenSight.known(entropies[i]),
              others.length == 0 ? null : TokenSight.known(others[i])));
    }
    return sights;
  }
}
