package rft.prompt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads UTF-8 that is cut into tokens anywhere, also within a character. */
final class ByteTexts {
  private static final String BROKEN = "\uFFFD";

  private final byte[] bytes;
  private final int[] owners;
  private final int tokens;

  private ByteTexts(byte[] bytes, int[] owners, int tokens) {
    this.bytes = bytes;
    this.owners = owners;
    this.tokens = tokens;
  }

  /**
   * Returns what each token adds to the text: a character belongs to the token with its last byte,
   * and so does the U+FFFD for bytes that begin a character and do not end it.
   *
   * @see <a href="https://www.unicode.org/versions/latest/core-spec/chapter-3/#G66453">Unicode
   *     chapter 3.9, substitution of maximal subparts</a>
   */
  static List<String> of(List<byte[]> tokens) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    tokens.forEach(bytes::writeBytes);
    int[] owners = new int[bytes.size()];
    int at = 0;
    for (int token = 0; token < tokens.size(); token++) {
      for (int i = 0; i < tokens.get(token).length; i++) {
        owners[at++] = token;
      }
    }
    return new ByteTexts(bytes.toByteArray(), owners, tokens.size()).read();
  }

  private List<String> read() {
    List<StringBuilder> texts = new ArrayList<>();
    for (int i = 0; i < tokens; i++) {
      texts.add(new StringBuilder());
    }
    for (int at = 0; at < bytes.length; ) {
      int size = size(bytes[at] & 0xFF);
      int sound = 1;
      while (sound < size && at + sound < bytes.length && continues(at, sound)) {
        sound++;
      }
      String text = sound == size ? new String(bytes, at, size, StandardCharsets.UTF_8) : BROKEN;
      at += sound;
      texts.get(owners[at - 1]).append(text);
    }
    return texts.stream().map(StringBuilder::toString).toList();
  }

  /** Returns how many bytes a character has that begins so; more than there can be for no start. */
  private static int size(int first) {
    if (first < 0x80) {
      return 1;
    }
    if (first < 0xC2 || first > 0xF4) {
      return Integer.MAX_VALUE;
    }
    return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  }

  private boolean continues(int start, int place) {
    int first = bytes[start] & 0xFF;
    int next = bytes[start + place] & 0xFF;
    if (first < 0xC2 || first > 0xF4) {
      return false;
    }
    int low = place > 1 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int high = place > 1 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    return next >= low && next <= high;
  }
}
