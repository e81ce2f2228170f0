package rft.judge;

import java.time.Duration;
import java.util.Optional;

/**
 * When to ask again an endpoint that was throttled, failed or could not be reached. A refusal, a
 * time-out and an answer that cannot be read are final: asking again would cost the same again.
 *
 * @param most retries after the first try; 0 for none
 * @param first wait before the first retry, doubled before each one after
 * @param longest wait at most; an endpoint that asks for more is given up
 */
public record Retry(int most, Duration first, Duration longest) {
  /** Four retries within about eight seconds, and up to a minute where the endpoint says so. */
  public static final Retry STANDARD = new Retry(4, Duration.ofMillis(500), Duration.ofMinutes(1));

  /** One try and no more. */
  public static final Retry NEVER = new Retry(0, Duration.ofMillis(1), Duration.ofMillis(1));

  public Retry {
    if (most < 0 || most > 20) {
      throw new IllegalArgumentException("retries (" + most + ") must be 0 to 20");
    }
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "the first wait (" + first + ") must be more than zero and at most " + longest);
    }
  }

  /**
   * Returns how long to wait, or empty to give up.
   *
   * @param done retries so far
   * @param asked what the endpoint asked for by {@code Retry-After}, if it did
   * @param random from 0 to 1; spreads callers that failed together over half of the wait
   */
  Optional<Duration> waitBefore(int done, Optional<Duration> asked, double random) {
    if (done >= most || asked.filter(wait -> wait.compareTo(longest) > 0).isPresent()) {
      return Optional.empty();
    }
    double doubled = Math.min(first.toNanos() * Math.pow(2, done), (double) longest.toNanos());
    Duration own = Duration.ofNanos((long) (doubled * (0.5 + random / 2)));
    return Optional.of(asked.filter(wait -> wait.compareTo(own) > 0).orElse(own));
  }
}
