package rft.prompt;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * Turns text into tokens and back with the tokenizer of a model folder. May be used from several
 * threads. Never uses the network.
 */
public final class TextTokenizer implements AutoCloseable {
  /** A tokenizer file may ask for truncation and padding; a prompt must come out whole. */
  private static final Map<String, String> WHOLE_TEXT =
      Map.of("truncation", "false", "padding", "false");

  static {
    OfflineDjl.require();
  }

  private final ModelFolder folder;
  private final HuggingFaceTokenizer tokenizer;
  private final TokenDecoder decoder;
  private final ReadWriteLock open = new ReentrantReadWriteLock();
  private boolean closed;

  private TextTokenizer(ModelFolder folder, HuggingFaceTokenizer tokenizer, TokenDecoder decoder) {
    this.folder = folder;
    this.tokenizer = tokenizer;
    this.decoder = decoder;
  }

  /**
   * Returns the tokenizer of a model folder.
   *
   * @param folder holds {@code tokenizer.json} and, beside it, the files that name the end tokens
   * @throws IllegalArgumentException if {@code tokenizer.json} is missing or damaged
   */
  public static TextTokenizer load(Path folder) {
    ModelFolder files = new ModelFolder(folder);
    TokenDecoder decoder = TokenDecoder.of(files);
    return new TextTokenizer(files, open(files), decoder);
  }

  private static HuggingFaceTokenizer open(ModelFolder folder) {
    try (InputStream file = Files.newInputStream(folder.path().resolve(ModelFolder.TOKENIZER))) {
      return HuggingFaceTokenizer.newInstance(file, WHOLE_TEXT);
    } catch (IOException | RuntimeException e) {
      throw folder.damaged(ModelFolder.TOKENIZER, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Returns the tokens of a text. Special tokens spelled in the text are recognised, none is added;
   * half a surrogate pair counts as U+FFFD.
   *
   * @throws IllegalStateException if this tokenizer is closed
   */
  public Tokens encode(String text) {
    long[] ids = whileOpen(it -> it.encode(wellFormed(text), false, false).getIds());
    return Tokens.of(Arrays.stream(ids).mapToInt(Math::toIntExact).toArray());
  }

  private static String wellFormed(String text) {
    if (text.codePoints().noneMatch(TextTokenizer::isHalfPair)) {
      return text;
    }
    int[] codePoints = text.codePoints().map(each -> isHalfPair(each) ? 0xFFFD : each).toArray();
    return new String(codePoints, 0, codePoints.length);
  }

  private static boolean isHalfPair(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /**
   * Returns the text of tokens, without special tokens. Bytes that are no UTF-8 become U+FFFD.
   *
   * @throws IllegalArgumentException if an id is not in the vocabulary
   * @throws IllegalStateException if this tokenizer is closed
   */
  public String decode(Tokens tokens) {
    int[] ids = tokens.toArray();
    for (int id : ids) {
      if (id >= vocabulary()) {
        throw decoder.unknown(id);
      }
    }
    return whileOpen(it -> it.decode(Arrays.stream(ids).asLongStream().toArray(), true));
  }

  /**
   * Returns how one token is shown: its text, a special token as it is spelled, and {@code <0xE2>}
   * for a byte of a character that is split between tokens.
   *
   * @throws IllegalArgumentException if the id is not in the vocabulary
   */
  public String piece(int id) {
    return decoder.piece(id);
  }

  /** Returns what turns tokens into text, token by token; it outlives this tokenizer. */
  public TokenDecoder decoder() {
    return decoder;
  }

  /** Returns one more than the largest token id; a model may have more rows, never used. */
  public int vocabulary() {
    return decoder.vocabulary();
  }

  /**
   * Returns the ids of the tokens that end an answer; at least one.
   *
   * @throws IllegalArgumentException if the model folder names none
   */
  public Set<Integer> endTokens() {
    Set<Integer> ends = new EndTokens(folder, decoder.pieces()).find();
    if (ends.isEmpty()) {
      throw new IllegalArgumentException(
          "no file in "
              + folder.path()
              + " names the token that ends an answer: set eos_token in tokenizer_config.json or"
              + " eos_token_id in generation_config.json");
    }
    return ends;
  }

  /**
   * Returns the id of the end token that a written answer gets: the {@code eos_token} of {@code
   * tokenizer_config.json}, with which a chat model ends its turn, else the smallest of {@link
   * #endTokens}.
   *
   * @throws IllegalArgumentException if the model folder names none
   */
  public int endToken() {
    Set<Integer> ends = endTokens();
    return new EndTokens(folder, decoder.pieces()).own().orElseGet(() -> Collections.min(ends));
  }

  private <T> T whileOpen(Function<HuggingFaceTokenizer, T> use) {
    Lock lock = open.readLock();
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the tokenizer of " + folder.path() + " is closed");
      }
      return use.apply(tokenizer);
    } finally {
      lock.unlock();
    }
  }

  /** Frees the native tokenizer once no thread uses it any more. */
  @Override
  public void close() {
    Lock lock = open.writeLock();
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        tokenizer.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
