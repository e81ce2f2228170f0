package rft.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rft.prompt.TextTokenizer;
import rft.prompt.Tokens;

final class TokenizerTextTest {
  @TempDir Path folder;

  /** Each text holds what a merge would join; the way of cutting words decides whether it may. */
  @ParameterizedTest
  @CsvSource({
    "gpt-2, 1212, 1212",
    "gpt-2, '!\n\n', '!|\n\n'",
    "gpt-2, 'X''S', 'X|''|S'",
    "smollm, 1212, 1|2|1|2",
    "smollm, ' a12', ' a|1|2'",
    "llama-bpe, 1212, 12|1|2",
    "llama-bpe, '!\n\n', '!\n|\n'",
    "llama-bpe, 'X''S', 'X|''S'",
    "qwen2, 1212, 1|2|1|2",
    "qwen2, '!\n\n', '!\n|\n'",
    "qwen2, 'X''S', 'X|''S'",
    "default, 1212, 12|1|2",
    "default, '!\n\n', '!|\n\n'",
  })
  void wordsAreCutAsTheNamedTokenizerDoes(String split, String text, String expected)
      throws IOException {
    write(TinyGguf.byteLevel(new GgufBytes(), split));
    try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
      assertEquals(expected, spelled(tokenizer, tokenizer.encode(text)), split);
    }
  }

  @Test
  void aWordThatIsATokenStaysWholeForLlama3Only() throws IOException {
    List<String> tokens = new ArrayList<>(TinyGguf.tokens());
    tokens.add("xyz");
    List<Integer> kinds = tokens.stream().map(token -> 1).toList();
    for (String split : List.of("llama-bpe", "qwen2")) {
      write(
          TinyGguf.byteLevel(new GgufBytes(), split)
              .put(GgufKeys.TOKENS, tokens)
              .put(GgufKeys.TOKEN_TYPES, kinds));
      try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
        String expected = split.equals("qwen2") ? "x|y|z" : "xyz";
        assertEquals(expected, spelled(tokenizer, tokenizer.encode("xyz")));
      }
    }
  }

  @Test
  void qwenComposesAccentsFirst() throws IOException {
    write(TinyGguf.byteLevel(new GgufBytes(), "qwen2"));
    try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
      assertEquals(tokenizer.encode("\u00e9"), tokenizer.encode("e\u0301"));
    }
  }

  @Test
  void piecesAreJoinedByTheirScoresAndUnknownCharactersBecomeBytes() throws IOException {
    write(pieces());
    try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
      assertEquals(" |ab|c", spelled(tokenizer, tokenizer.encode("abc")));
      assertEquals(" |b|bc", spelled(tokenizer, tokenizer.encode("bbc")));
      assertEquals(" a| | a", spelled(tokenizer, tokenizer.encode("a  a")));
      Tokens euro = tokenizer.encode("\u20ac");
      assertEquals(" |<0xE2>|<0x82>|<0xAC>", spelled(tokenizer, euro));
      assertEquals("\u20ac", tokenizer.decode(euro));
      assertEquals("abc a", tokenizer.decode(tokenizer.encode("abc a")));
    }
  }

  private static GgufBytes pieces() {
    List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
    List<Integer> kinds = new ArrayList<>(List.of(2, 3, 3));
    List<Float> scores = new ArrayList<>(List.of(0f, 0f, 0f));
    for (int value = 0; value < 256; value++) {
      tokens.add("<0x%02X>".formatted(value));
      kinds.add(6);
      scores.add(0f);
    }
    List<String> pieces = List.of("ab", "bc", "\u2581a", "\u2581", "a", "b", "c");
    for (int i = 0; i < pieces.size(); i++) {
      tokens.add(pieces.get(i));
      kinds.add(1);
      scores.add(-(float) i);
    }
    return new GgufBytes()
        .put(GgufKeys.TOKENIZER_MODEL, "llama")
        .put(GgufKeys.TOKENS, tokens)
        .put(GgufKeys.TOKEN_TYPES, kinds)
        .put(GgufKeys.SCORES, scores)
        .put(GgufKeys.BEGIN_ID, 1)
        .put(GgufKeys.END_ID, 2)
        .put(GgufKeys.UNKNOWN_ID, 0);
  }

  private void write(GgufBytes bytes) throws IOException {
    try (GgufFile file = GgufFile.open(bytes.write(folder.resolve("v.gguf")))) {
      TokenizerText text = new TokenizerText(file.metadata());
      Files.writeString(folder.resolve("tokenizer.json"), text.tokenizer().toString());
      Files.writeString(folder.resolve("tokenizer_config.json"), text.config(64).toString());
    }
  }

  private static String spelled(TextTokenizer tokenizer, Tokens tokens) {
    List<String> pieces = new ArrayList<>();
    for (int id : tokens.toArray()) {
      pieces.add(tokenizer.piece(id));
    }
    return String.join("|", pieces);
  }
}
