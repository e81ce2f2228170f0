package rft.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What ends by itself: codes, sessions, and the memory of failures. */
final class ExpiryTest {
  private final FakeClock clock = new FakeClock();

  @Test
  void aCodeLastsAnHour() {
    LoginCodes codes = new LoginCodes(clock);
    String early = codes.issue();
    String late = codes.issue();
    clock.advance(LoginCodes.LIFE.minusSeconds(1));
    assertTrue(codes.use(early));
    clock.advance(Duration.ofSeconds(1));
    assertFalse(codes.use(late));
  }

  @Test
  void theOldestOfTooManyCodesGoes() {
    LoginCodes codes = new LoginCodes(clock);
    String first = codes.issue();
    String last = first;
    for (int i = 0; i < 64; i++) {
      last = codes.issue();
    }
    assertFalse(codes.use(first));
    assertTrue(codes.use(last));
  }

  @Test
  void aSessionLastsAWeek() {
    Sessions sessions = new Sessions(AccessToken.random(), 4713, clock);
    String cookie = sessions.start().getValue();
    clock.advance(Sessions.LIFE.minusSeconds(1));
    assertTrue(sessions.isValid(cookie));
    clock.advance(Duration.ofSeconds(1));
    assertFalse(sessions.isValid(cookie));
  }

  @Test
  void aSessionOutlivesARestartWithTheSameTokenOnly() {
    AccessToken token = AccessToken.random();
    String cookie = new Sessions(token, 4713, clock).start().getValue();
    assertTrue(new Sessions(token, 4713, clock).isValid(cookie));
    assertFalse(new Sessions(AccessToken.random(), 4713, clock).isValid(cookie));
    assertFalse(new Sessions(token, 4714, clock).isValid(cookie));
  }

  @Test
  void failuresAreForgottenAfterAMinute() {
    FailureLimit limit = new FailureLimit(clock);
    for (int i = 0; i < FailureLimit.MOST; i++) {
      assertFalse(limit.isReached());
      limit.add();
    }
    assertTrue(limit.isReached());
    clock.advance(FailureLimit.WINDOW.plusMillis(1));
    assertFalse(limit.isReached());
  }
}
