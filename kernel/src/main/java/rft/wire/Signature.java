package rft.wire;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Signs the four JSON parts of a message, and checks signatures. Safe for several threads. */
final class Signature {
  private final @Nullable Mac prototype;

  /**
   * @param scheme for example {@code hmac-sha256}
   * @param key secret; empty for no signature
   */
  Signature(String scheme, String key) {
    prototype = key.isEmpty() ? null : mac(scheme, key);
  }

  private static Mac mac(String scheme, String key) {
    String algorithm = "Hmac" + scheme.substring(scheme.indexOf('-') + 1).toUpperCase(Locale.ROOT);
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalArgumentException(
          "signature_scheme " + scheme + " is not known to this Java; use hmac-sha256", e);
    }
  }

  /** Returns the signature in hexadecimal digits; empty if nothing is signed. */
  byte[] sign(List<byte[]> parts) {
    if (prototype == null) {
      return new byte[0];
    }
    Mac mac;
    try {
      mac = (Mac) prototype.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this Java cannot copy its own message digest", e);
    }
    parts.forEach(mac::update);
    return HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Returns whether the signature is right, in a time that does not depend on where it is wrong.
   */
  boolean matches(byte[] signature, List<byte[]> parts) {
    return prototype == null || MessageDigest.isEqual(sign(parts), signature);
  }
}
