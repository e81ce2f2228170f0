package rft.prompt;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The 256 printable characters that stand for the 256 bytes in a byte-level vocabulary.
 *
 * @see <a href="https://github.com/openai/gpt-2/blob/master/src/encoder.py">bytes_to_unicode of
 *     GPT-2</a>
 */
final class ByteAlphabet {
  private static final char[] CHARACTERS = new char[256];
  private static final int[] BYTES = new int[512];

  static {
    Arrays.fill(BYTES, -1);
    char next = 256;
    for (int value = 0; value < 256; value++) {
      CHARACTERS[value] = printable(value) ? (char) value : next++;
      BYTES[CHARACTERS[value]] = value;
    }
  }

  private ByteAlphabet() {}

  private static boolean printable(int value) {
    return (value >= '!' && value <= '~')
        || (value >= 0xA1 && value <= 0xAC)
        || (value >= 0xAE && value <= 0xFF);
  }

  /** Returns the character that stands for a byte (0 to 255). */
  static char character(int value) {
    return CHARACTERS[value];
  }

  /** Returns the UTF-8 bytes of a text, each as its character. */
  static String spell(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    char[] spelled = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      spelled[i] = CHARACTERS[bytes[i] & 0xFF];
    }
    return new String(spelled);
  }

  /**
   * Returns the text that a byte-level token stands for, with {@code <0xE2>} for each byte of a
   * broken character; empty if the token has a character that stands for no byte.
   */
  static Optional<String> read(String token) {
    return bytes(token).map(ByteAlphabet::display);
  }

  /**
   * Returns the bytes that a byte-level token stands for; empty if the token has a character that
   * stands for no byte.
   */
  static Optional<byte[]> bytes(String token) {
    byte[] bytes = new byte[token.length()];
    for (int i = 0; i < bytes.length; i++) {
      char character = token.charAt(i);
      if (character >= BYTES.length || BYTES[character] < 0) {
        return Optional.empty();
      }
      bytes[i] = (byte) BYTES[character];
    }
    return Optional.of(bytes);
  }

  private static String display(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < bytes.length) {
      int size = Math.min(characterSize(bytes[at]), bytes.length - at);
      try {
        text.append(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, size)));
        at += size;
      } catch (CharacterCodingException e) {
        text.append(String.format("<0x%02X>", bytes[at] & 0xFF));
        at++;
      }
    }
    return text.toString();
  }

  private static int characterSize(byte first) {
    int value = first & 0xFF;
    if (value < 0xC0) {
      return 1;
    }
    return value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4;
  }
}
