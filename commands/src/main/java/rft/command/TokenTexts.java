package rft.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import rft.prompt.TokenDecoder;

/** Cuts an answer into the texts of its tokens. */
record TokenTexts(TokenDecoder decoder) {
  /**
   * Returns what each token adds to the text. If the pieces do not give the text back, the first
   * holds all of it.
   *
   * @param text the answer, as it was stored
   */
  List<String> of(int[] tokens, String text) {
    List<String> pieces = decoder.texts(tokens);
    return String.join("", pieces).equals(text) ? pieces : uncut(tokens.length, text);
  }

  private static List<String> uncut(int count, String text) {
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pieces.add(i == 0 ? text : "");
    }
    return pieces;
  }

  /** Returns the tokens with what was known of each; none where the vocabulary lacks one. */
  List<TokenSight> sights(
      int[] tokens, String text, float[] logProbs, float[] entropies, float[] others) {
    if (!Arrays.stream(tokens).allMatch(decoder::knows)) {
      return List.of();
    }
    List<String> pieces = of(tokens, text);
    List<TokenSight> sights = new ArrayList<>();
    for (int i = 0; i < tokens.length; i++) {
      sights.add(
          new TokenSight(
              pieces.get(i),
              pieces.get(i).isEmpty() ? decoder.piece(tokens[i]) : "",
              TokenSight.known(logProbs[i]),
              TokenSight.known(entropies[i]),
              others.length == 0 ? null : TokenSight.known(others[i])));
    }
    return sights;
  }
}
