package rft.pull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import rft.dataset.Sha256;

/**
 * What a file must hold, as its repository says it.
 *
 * @param kind how the hash is made
 * @param hex the hash in lower-case hexadecimal digits
 */
record ContentHash(Kind kind, String hex) {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SHA_1 = Pattern.compile("[0-9a-f]{40}");

  enum Kind {
    /** SHA-256 of the content: large files. */
    SHA_256,
    /** SHA-1 of a header with the size and of the content, as git names a file. */
    GIT_SHA_1
  }

  /** Returns the hash that these digits are by their number; empty if they are none. */
  static Optional<ContentHash> of(String digits) {
    String hex = digits.toLowerCase(Locale.ROOT);
    if (SHA_256.matcher(hex).matches()) {
      return Optional.of(new ContentHash(Kind.SHA_256, hex));
    }
    return SHA_1.matcher(hex).matches()
        ? Optional.of(new ContentHash(Kind.GIT_SHA_1, hex))
        : Optional.empty();
  }

  /** Returns a digest to feed with the content of a file of this size, in bytes. */
  MessageDigest start(long size) {
    if (kind == Kind.SHA_256) {
      return Sha256.start();
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(("blob " + size + "\0").getBytes(StandardCharsets.ISO_8859_1));
      return digest;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-1", e);
    }
  }

  /** Returns whether a digest, which this ends, has seen the content. */
  boolean matches(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).equals(hex);
  }

  /** Returns whether a file has the content. */
  boolean matches(Path file) throws IOException {
    MessageDigest digest = start(Files.size(file));
    feed(digest, file);
    return matches(digest);
  }

  static void feed(MessageDigest digest, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
  }
}
