package rft.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenDecoderTest {
  private static final Path TINY = Path.of("../models/tiny-chat");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"../models/tiny-chat", "src/test/resources/rft/prompt/bpe"})
  void anyTokensReadAsTheTokenizersLibraryReadsThem(String model) {
    assertSameAsTheLibrary(Path.of(model), 3000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"Metaspace\", \"replacement\": \"\u2581\", \"prepend_scheme\": \"always\","
            + " \"split\": true}",
        "{\"type\": \"Metaspace\", \"replacement\": \"\u2581\", \"prepend_scheme\": \"never\","
            + " \"split\": true}",
        "{\"type\": \"Sequence\", \"decoders\": [{\"type\": \"Replace\", \"pattern\": {\"String\":"
            + " \"\u2581\"}, \"content\": \" \"}, {\"type\": \"ByteFallback\"}, {\"type\":"
            + " \"Fuse\"}, {\"type\": \"Strip\", \"content\": \" \", \"start\": 1, \"stop\": 0}]}",
        "{\"type\": \"Sequence\", \"decoders\": [{\"type\": \"Strip\", \"content\": \"a\","
            + " \"start\": 1, \"stop\": 1}, {\"type\": \"ByteFallback\"}]}"
      })
  void vocabulariesThatSpellTheSpaceReadAlikeToo(String decoder) throws IOException {
    String bytes = "";
    int id = 8;
    for (String each : List.of("E2", "82", "AC", "41", "F0", "9F", "9A", "80", "C3", "0A")) {
      bytes += ", \"<0x" + each + ">\": " + id++;
    }
    Files.writeString(
        folder.resolve("tokenizer.json"),
        """
        {"version": "1.0", "truncation": null, "padding": null, "normalizer": null,
         "added_tokens": [{"id": 1, "content": "<s>", "single_word": false, "lstrip": false,
          "rstrip": false, "normalized": false, "special": true},
          {"id": 2, "content": "<tool>", "single_word": false, "lstrip": false,
          "rstrip": false, "normalized": false, "special": false}],
         "pre_tokenizer": null, "post_processor": null, "decoder": %s,
         "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>",
          "continuing_subword_prefix": null, "end_of_word_suffix": null, "fuse_unk": false,
          "byte_fallback": true, "ignore_merges": false, "merges": [],
          "vocab": {"<unk>": 0, "<s>": 1, "<tool>": 2, "\u2581": 3, "\u2581\u2581a": 4, "aba": 5,
           "\u00e9": 6, "b\u2581c": 7%s}}}
        """
            .formatted(decoder, bytes));
    assertSameAsTheLibrary(folder, 2000);
  }

  private static void assertSameAsTheLibrary(Path model, int rounds) {
    Random random = new Random(7);
    TokenDecoder decoder = TokenDecoder.load(model);
    try (TextTokenizer library = TextTokenizer.load(model)) {
      assertEquals(library.vocabulary(), decoder.vocabulary());
      for (int round = 0; round < rounds; round++) {
        int[] ids =
            random
                .ints(random.nextInt(24), 0, decoder.vocabulary())
                .filter(decoder::knows)
                .toArray();
        List<String> texts = decoder.texts(ids);
        assertEquals(ids.length, texts.size());
        assertEquals(
            library.decode(Tokens.of(ids)), String.join("", texts), () -> Tokens.of(ids) + "");
      }
    }
  }

  @Test
  void aCharacterBelongsToItsLastTokenAcrossASpecialOne() {
    try (TextTokenizer library = TextTokenizer.load(TINY)) {
      int[] rocket = library.encode("\ud83d\ude80").toArray();
      int end = library.endTokens().iterator().next();
      TokenDecoder decoder = library.decoder();
      assertTrue(rocket.length > 1, "the vocabulary has no rocket");
      int[] split = new int[rocket.length + 1];
      split[0] = rocket[0];
      split[1] = end;
      System.arraycopy(rocket, 1, split, 2, rocket.length - 1);
      List<String> texts = decoder.texts(split);
      assertEquals("\ud83d\ude80", texts.get(split.length - 1));
      assertEquals("\ud83d\ude80", String.join("", texts));
      assertEquals("<|end|>", decoder.piece(end));
    }
  }

  @Test
  void anIdThatNoTokenHasIsNamed() {
    TokenDecoder decoder = TokenDecoder.load(TINY);
    String message =
        assertThrows(IllegalArgumentException.class, () -> decoder.texts(0, 99_999)).getMessage();
    assertTrue(message.startsWith("no token has the id 99999: the vocabulary of "), message);
  }

  @Test
  void aFolderWithoutATokenizerIsNamed() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> TokenDecoder.load(folder)).getMessage();
    assertTrue(message.contains("tokenizer.json is missing"), message);
  }
}
