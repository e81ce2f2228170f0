package rft.web;

import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * The cookie of a page. It is signed with the token, so that a session outlives a restart of the
 * server and no list of sessions is kept; a new token ends them all.
 *
 * @param token that signs
 * @param port part of the cookie's name: a browser sends cookies to every port of a host
 */
record Sessions(AccessToken token, int port, Clock clock) {
  static final Duration LIFE = Duration.ofDays(7);
  private static final int NONCE_BYTES = 16;
  private static final String SEPARATOR = ".";

  String cookieName() {
    return "rft-" + port;
  }

  Cookie start() {
    String claim =
        clock.instant().getEpochSecond() + SEPARATOR + AccessToken.randomText(NONCE_BYTES);
    String value = claim + SEPARATOR + sign(claim);
    int seconds = (int) LIFE.toSeconds();
    return new Cookie(cookieName(), value, "/", seconds, false, true, null, SameSite.STRICT);
  }

  boolean isValid(String cookie) {
    int end = cookie.lastIndexOf(SEPARATOR);
    int dot = cookie.indexOf(SEPARATOR);
    if (end <= dot
        || !AccessToken.equal(sign(cookie.substring(0, end)), cookie.substring(end + 1))) {
      return false;
    }
    try {
      Instant start = Instant.ofEpochSecond(Long.parseLong(cookie.substring(0, dot)));
      return clock.instant().isBefore(start.plus(LIFE));
    } catch (NumberFormatException | DateTimeException e) {
      return false;
    }
  }

  // The port is signed too: a cookie of one server opens no other, even with the same token.
  private String sign(String claim) {
    return token.sign("page session " + port + " " + claim);
  }
}
