package rft.playground;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A model that programs may ask through the workbench.
 *
 * @param id of the deployment: the run's id, and its step where one was named
 * @param run what made the model
 * @param step of its checkpoint; null for the best by validation, else the last
 * @param modelId what programs call it
 * @param folder of the base model
 * @param created when it was deployed, in ISO-8601
 * @param tokenSha256 of the token that opens it; the token itself is kept nowhere
 */
record Deployment(
    String id,
    String run,
    @Nullable Integer step,
    String modelId,
    String folder,
    String created,
    String tokenSha256) {
  static String idOf(String run, @Nullable Integer step) {
    return step == null ? run : run + "-step-" + step;
  }

  Deployment withToken(String token) {
    return new Deployment(id, run, step, modelId, folder, created, sha256(token));
  }

  /** Returns whether a token opens it; how long that takes says nothing about the token. */
  boolean isOpenedBy(String token) {
    return MessageDigest.isEqual(
        tokenSha256.getBytes(StandardCharsets.UTF_8),
        sha256(token).getBytes(StandardCharsets.UTF_8));
  }

  static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
