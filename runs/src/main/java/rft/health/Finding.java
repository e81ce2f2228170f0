package rft.health;

import org.jspecify.annotations.Nullable;

/**
 * What a rule says of a run: an alarm, or why there is none.
 *
 * @param alarm the trouble, or null
 * @param outcome of a rule that gives no alarm
 * @param sentence for the reader, without a full stop
 */
record Finding(@Nullable Alarm alarm, Check.Outcome outcome, String sentence) {
  static Finding of(Alarm alarm) {
    return new Finding(alarm, Check.Outcome.PASSED, alarm.sentence());
  }

  static Finding fine(String sentence) {
    return new Finding(null, Check.Outcome.PASSED, sentence);
  }

  static Finding notApplicable(String reason) {
    return new Finding(null, Check.Outcome.NOT_APPLICABLE, reason);
  }
}
