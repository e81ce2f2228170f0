package rft.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Codes that can each be traded once for a session, within an hour. */
final class LoginCodes {
  static final Duration LIFE = Duration.ofHours(1);
  private static final int MOST = 64;
  private static final int BYTES = 32;

  private final Map<String, Instant> codes = new LinkedHashMap<>();
  private final Clock clock;

  LoginCodes(Clock clock) {
    this.clock = clock;
  }

  synchronized String issue() {
    if (codes.size() >= MOST) {
      codes.remove(codes.keySet().iterator().next());
    }
    String code = AccessToken.randomText(BYTES);
    codes.put(code, clock.instant().plus(LIFE));
    return code;
  }

  /** Returns true for a good code, which is used up by that. */
  synchronized boolean use(String given) {
    String found = null;
    for (String code : codes.keySet()) {
      if (AccessToken.equal(code, given)) {
        found = code;
      }
    }
    if (found == null) {
      return false;
    }
    Instant end = codes.remove(found);
    return end != null && clock.instant().isBefore(end);
  }
}
