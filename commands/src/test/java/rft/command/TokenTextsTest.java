package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rft.prompt.TextTokenizer;
import rft.prompt.Tokens;

final class TokenTextsTest {
  private static TextTokenizer tokenizer() {
    return TextTokenizer.load(Installation.current().tinyModel());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7+2=9 #### 92",
        " leading, trailing ",
        "a\n\nb\t<b>",
        "na\u00efve \ud83d\ude80\ud83d\ude80 \u4f60\u597d e\u0301"
      })
  void piecesGiveTheTextBack(String text) {
    try (TextTokenizer tokenizer = tokenizer()) {
      int[] tokens = tokenizer.encode(text).toArray();
      List<String> pieces = new TokenTexts(tokenizer.decoder()).of(tokens, text);
      assertEquals(text, String.join("", pieces));
      assertEquals(tokens.length, pieces.size());
    }
  }

  @Test
  void theLastTokenOfACharacterHoldsIt() {
    try (TextTokenizer tokenizer = tokenizer()) {
      String rocket = "\ud83d\ude80";
      int[] tokens = tokenizer.encode(rocket).toArray();
      assertTrue(tokens.length > 1, "the vocabulary has no rocket");
      List<String> pieces = new TokenTexts(tokenizer.decoder()).of(tokens, rocket);
      assertEquals(rocket, pieces.get(tokens.length - 1));
      assertTrue(pieces.subList(0, tokens.length - 1).stream().allMatch(String::isEmpty));
    }
  }

  @Test
  void bytesThatAreNoCharacterAndEndTokensAreKept() {
    try (TextTokenizer tokenizer = tokenizer()) {
      int half = tokenizer.encode("\ud83d\ude80").toArray()[0];
      int end = tokenizer.endTokens().iterator().next();
      int[] tokens =
          Stream.of(
                  tokenizer.encode("ab ").toArray(),
                  new int[] {half},
                  tokenizer.encode("cd").toArray(),
                  new int[] {half, end})
              .flatMapToInt(IntStream::of)
              .toArray();
      String text = tokenizer.decode(Tokens.of(tokens));
      float[] zeros = new float[tokens.length];
      List<TokenSight> sights =
          new TokenTexts(tokenizer.decoder()).sights(tokens, text, zeros, zeros, new float[0]);
      assertEquals(text, String.join("", sights.stream().map(TokenSight::text).toList()));
      assertTrue(sights.stream().filter(s -> !s.text().isEmpty()).count() > 2, sights.toString());
      assertEquals("<|end|>", sights.get(tokens.length - 1).mark());
    }
  }
}
