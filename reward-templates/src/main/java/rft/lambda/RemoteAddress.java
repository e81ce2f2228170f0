package rft.lambda;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    Options options = new Options(whole.getFragment());
    String plain = text.strip().split("#", 2)[0];
    return new RemoteAddress(
        URI.create(whole.getRawPath().isEmpty() ? plain + "/" : plain),
        Duration.ofNanos((long) (options.seconds * 1e9)),
        options.retries,
        options.batch,
        options.parallel);
  }

  /** Returns true if nothing that is sent there leaves this machine. */
  boolean isLoopback() {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
  }

  /** The options as they are set one after the other. */
  private static final class Options {
    private static final List<String> NAMES = List.of("seconds", "retries", "batch", "parallel");

    double seconds = 60;
    int retries = 3;
    int batch = 32;
    int parallel = 4;

    Options(@Nullable String fragment) {
      if (fragment != null) {
        Stream.of(fragment.split("&")).forEach(this::set);
      }
    }

    private void set(String option) {
      String[] pair = option.split("=", 2);
      String name = pair[0];
      String value = pair.length == 2 ? pair[1] : "";
      switch (name) {
        case "seconds" -> seconds = number(name, value, "\\d{0,4}(?:\\.\\d{1,3})?", 0.001);
        case "retries" -> retries = (int) number(name, value, "\\d{1,2}", 0);
        case "batch" -> batch = (int) number(name, value, "\\d{1,4}", 1);
        case "parallel" -> parallel = (int) number(name, value, "\\d{1,3}", 1);
        default ->
            throw new IllegalArgumentException(
                "unknown option "
                    + name
                    + NearestName.hint(name, NAMES)
                    + " (options: "
                    + String.join(", ", NAMES)
                    + ")");
      }
    }

    private static double number(String name, String value, String pattern, double least) {
      if (value.isEmpty() || !value.matches(pattern) || Double.parseDouble(value) < least) {
        throw new IllegalArgumentException(
            name + " (" + value + ") must be a number above 0, for example " + name + "=8");
      }
      return Double.parseDouble(value);
    }
  }
}
