package rft.pull;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where repositories are, and as whom to ask. The token is sent to this place alone and never
 * written anywhere.
 *
 * @param endpoint without a slash at its end
 * @param token null to ask as nobody
 */
public record HubAccess(URI endpoint, @Nullable String token) {
  private static final String ENDPOINT = "HF_ENDPOINT";
  private static final String USUAL = "https://huggingface.co";

  /** Makes an access. */
  public HubAccess {
    String scheme = String.valueOf(endpoint.getScheme());
    if (endpoint.getHost() == null || !scheme.matches("https?")) {
      throw new IllegalArgumentException(
          ENDPOINT + " (" + endpoint + ") must be an address, for example " + USUAL);
    }
    if (token != null && scheme.equals("http") && !isThisMachine(endpoint.getHost())) {
      throw new IllegalArgumentException(
          ENDPOINT + " (" + endpoint + ") must begin with https, or a token would travel in clear");
    }
    if (token != null && !token.matches("\\p{Graph}+")) {
      throw new IllegalArgumentException(
          "the token in HF_TOKEN holds blanks or control characters");
    }
  }

  /**
   * Returns what {@code HF_ENDPOINT} and {@code HF_TOKEN} (or {@code HUGGING_FACE_HUB_TOKEN}) say.
   *
   * @throws IllegalArgumentException if the address is none, or would carry a token in clear
   */
  public static HubAccess of(Map<String, String> environment) {
    String endpoint = given(environment, ENDPOINT);
    String token = given(environment, "HF_TOKEN");
    try {
      return new HubAccess(
          URI.create(endpoint == null ? USUAL : endpoint.replaceAll("/+$", "")),
          token == null ? given(environment, "HUGGING_FACE_HUB_TOKEN") : token);
    } catch (IllegalArgumentException e) {
      throw e.getMessage() != null && e.getMessage().contains("HF_")
          ? e
          : new IllegalArgumentException(
              ENDPOINT + " (" + endpoint + ") must be an address, for example " + USUAL, e);
    }
  }

  private static @Nullable String given(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty() ? null : value;
  }

  static boolean isThisMachine(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  /** Returns whether an address is on the same server, which alone may see the token. */
  boolean isHere(URI address) {
    return endpoint.getScheme().equals(address.getScheme())
        && endpoint.getHost().equalsIgnoreCase(address.getHost())
        && endpoint.getPort() == address.getPort();
  }

  @Override
  public String toString() {
    return endpoint + (token == null ? " without a token" : " with a token");
  }
}
