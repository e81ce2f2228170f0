package rft.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns tokens into text, knowing no more than a {@code tokenizer.json}: nothing native is loaded.
 * Exact for byte-level vocabularies and for those that spell the space as U+2581. May be used from
 * several threads.
 */
public final class TokenDecoder {
  private final Path folder;
  private final TokenPieces pieces;
  private final DecoderSteps steps;

  private TokenDecoder(Path folder, TokenPieces pieces, JsonNode tokenizer) {
    this.folder = folder;
    this.pieces = pieces;
    this.steps = new DecoderSteps(tokenizer.path("decoder"));
  }

  /**
   * Returns the decoder of a model folder.
   *
   * @param folder holds {@code tokenizer.json}
   * @throws IllegalArgumentException if {@code tokenizer.json} is missing or damaged
   */
  public static TokenDecoder load(Path folder) {
    return of(new ModelFolder(folder));
  }

  static TokenDecoder of(ModelFolder files) {
    if (!files.has(ModelFolder.TOKENIZER)) {
      throw new IllegalArgumentException(
          files.path().resolve(ModelFolder.TOKENIZER)
              + " is missing: a model folder needs its tokenizer in this file");
    }
    JsonNode tokenizer = files.json(ModelFolder.TOKENIZER);
    TokenPieces pieces = new TokenPieces(tokenizer);
    if (pieces.size() == 0) {
      throw files.damaged(ModelFolder.TOKENIZER, "it has no vocabulary");
    }
    return new TokenDecoder(files.path(), pieces, tokenizer);
  }

  /**
   * Returns what each token adds to the text of all: nothing for a special token, and a character
   * that takes several tokens is added by its last. Bytes that are no UTF-8 become U+FFFD.
   *
   * @throws IllegalArgumentException if an id is not in the vocabulary
   */
  public List<String> texts(int... ids) {
    List<String> spelled = new ArrayList<>();
    for (int id : ids) {
      String token = pieces.token(id).orElseThrow(() -> unknown(id));
      if (!pieces.isSpecial(id)) {
        spelled.add(token);
      }
    }
    List<String> read = steps.apply(spelled);
    List<String> texts = new ArrayList<>();
    int next = 0;
    for (int id : ids) {
      texts.add(pieces.isSpecial(id) ? "" : read.get(next++));
    }
    return texts;
  }

  /**
   * Returns how one token is shown: its text, a special token as it is spelled, and {@code <0xE2>}
   * for a byte of a character that is split between tokens.
   *
   * @throws IllegalArgumentException if the id is not in the vocabulary
   */
  public String piece(int id) {
    return pieces.show(id).orElseThrow(() -> unknown(id));
  }

  /**
   * Returns one token as UTF-8, which may be a part of a character; a special token as it is
   * spelled.
   *
   * @throws IllegalArgumentException if the id is not in the vocabulary
   */
  public byte[] bytes(int id) {
    return pieces.bytes(id).orElseThrow(() -> unknown(id));
  }

  /** Returns whether a token has this id. */
  public boolean knows(int id) {
    return pieces.token(id).isPresent();
  }

  /** Returns one more than the largest token id; a model may have more rows, never used. */
  public int vocabulary() {
    return pieces.size();
  }

  TokenPieces pieces() {
    return pieces;
  }

  IllegalArgumentException unknown(int id) {
    return new IllegalArgumentException(
        "no token has the id "
            + id
            + ": the vocabulary of "
            + folder
            + " ends before "
            + vocabulary());
  }
}
