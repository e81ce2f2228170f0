package rft.lambda;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import rft.dataset.NearestName;

/**
 * The address of a reward that answers over HTTP, with its options in the fragment, which is never
 * sent: {@code https://host/path#seconds=30&retries=5}.
 *
 * @param uri without its fragment
 * @param timeout of one request
 * @param retries after a request that may succeed later
 * @param batch most rollouts of a request
 * @param parallel most requests at once
 */
record RemoteAddress(URI uri, Duration timeout, int retries, int batch, int parallel) {
  private static final Map<String, Double> STANDARD = new LinkedHashMap<>();

  static {
    STANDARD.put("seconds", 60.0);
    STANDARD.put("retries", 3.0);
    STANDARD.put("batch", 32.0);
    STANDARD.put("parallel", 4.0);
  }

  /**
   * Returns the address that a text is.
   *
   * @throws IllegalArgumentException if it is none, saying what is wrong
   */
  static RemoteAddress parse(String text) {
    URI whole;
    try {
      whole = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("this is no address: " + e.getReason(), e);
    }
    if (whole.getHost() == null) {
      throw new IllegalArgumentException("the address names no host");
    }
    if (whole.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the address holds a password, which would be stored: give a token in the environment's "
              + RemoteLanguage.TOKEN);
    }
    Map<String, Double> options = options(whole.getFragment());
    String plain = text.strip().split("#", 2)[0];
    return new RemoteAddress(
        URI.create(whole.getRawPath().isEmpty() ? plain + "/" : plain),
        Duration.ofNanos((long) (options.get("seconds") * 1e9)),
        options.get("retries").intValue(),
        options.get("batch").intValue(),
        options.get("parallel").intValue());
  }

  /** Returns true if nothing that is sent there leaves this machine. */
  boolean isLoopback() {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
  }

  private static Map<String, Double> options(String fragment) {
    Map<String, Double> options = new LinkedHashMap<>(STANDARD);
    List<String> given = fragment == null ? List.of() : Arrays.asList(fragment.split("&"));
    for (String option : given) {
      String[] pair = option.split("=", 2);
      if (!STANDARD.containsKey(pair[0])) {
        throw new IllegalArgumentException(
            "unknown option "
                + pair[0]
                + NearestName.hint(pair[0], STANDARD.keySet())
                + " (options: "
                + String.join(", ", STANDARD.keySet())
                + ")");
      }
      String value = pair.length == 2 ? pair[1] : "";
      boolean retries = pair[0].equals("retries");
      if (!value.matches(pair[0].equals("seconds") ? "\\d{1,4}(\\.\\d{1,3})?" : "\\d{1,4}")
          || Double.parseDouble(value) <= 0 && !retries) {
        throw new IllegalArgumentException(
            pair[0] + " (" + value + ") must be a number above 0, for example " + pair[0] + "=8");
      }
      options.put(pair[0], Double.parseDouble(value));
    }
    return options;
  }
}
