package rft.prompt.jinja;

import java.time.Duration;

/** What one rendering may use, so that no template can hang or exhaust the process. */
final class Limits {
  /** Characters of the output and of any text on the way to it. */
  static final int MAX_TEXT = 4 << 20;

  /** Elements of a list. */
  static final int MAX_LIST = 100_000;

  /** Evaluated nodes. */
  static final int MAX_STEPS = 5_000_000;

  /** Time, for templates that make every step a long one. */
  static final Duration MAX_TIME = Duration.ofSeconds(10);

  /** Compared parts of two values. */
  static final int MAX_COMPARED = 1_000_000;

  /** Nested evaluations, calls of macros included. */
  static final int MAX_DEPTH = 400;

  /** Nested brackets and blocks in the source. */
  static final int MAX_NESTING = 60;

  private Limits() {}

  /** Refuses a text that would have this many characters. */
  static void checkText(long characters) {
    if (characters > MAX_TEXT) {
      throw new JinjaException("the text grows beyond " + MAX_TEXT + " characters");
    }
  }

  /** Refuses a list that would have this many elements. */
  static void checkList(long elements) {
    if (elements > MAX_LIST) {
      throw new JinjaException("the list grows beyond " + MAX_LIST + " elements");
    }
  }
}
