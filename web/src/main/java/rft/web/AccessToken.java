package rft.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret that opens a server: 256 random bits. It never prints itself. */
public final class AccessToken {
  private static final int BYTES = 32;
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");
  private static final String ALGORITHM = "HmacSHA256";

  private final String text;

  private AccessToken(String text) {
    this.text = text;
  }

  /** Returns a new one. */
  public static AccessToken random() {
    return new AccessToken(randomText(BYTES));
  }

  /**
   * Returns a given one.
   *
   * @param text at least 16 printable characters
   */
  public static AccessToken of(String text) {
    if (!text.matches("\\p{Graph}{16,}")) {
      throw new IllegalArgumentException("a token has at least 16 printable characters, no spaces");
    }
    return new AccessToken(text);
  }

  /**
   * Returns the one in a file that only the user may read. A missing one is made; one that others
   * may read, or that is no token, is replaced by a new one.
   *
   * @throws IOException if the file cannot be read or written
   */
  public static AccessToken in(Path file) throws IOException {
    if (Files.exists(file) && PrivateFile.isPrivate(file)) {
      String text = Files.readString(file).strip();
      if (SHAPE.matcher(text).matches()) {
        return new AccessToken(text);
      }
    }
    AccessToken fresh = random();
    PrivateFile.write(file, fresh.text + "\n");
    return fresh;
  }

  /** Returns true if a text is this token; how long that takes says nothing about it. */
  public boolean matches(String given) {
    return equal(text, given);
  }

  /** Returns the token itself, for a header {@code Authorization: Bearer ..} or a child process. */
  public String reveal() {
    return text;
  }

  /** Returns what only a holder of the token can compute of a text, as hexadecimal digits. */
  String sign(String message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  static String randomText(int bytes) {
    byte[] bits = new byte[bytes];
    new SecureRandom().nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }

  static boolean equal(String secret, String given) {
    return MessageDigest.isEqual(
        secret.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "AccessToken[hidden]";
  }
}
