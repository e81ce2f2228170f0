package rft.magic;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cell that asks what a name in Java is: {@code List?}, {@code "".strip?} or {@code ?x}. */
final class NameQuestion {
  /** Without a slash, so that a comment behind an expression may ask something. */
  private static final String NAME = "((?:new\\s+)?[\\p{L}_$\"][^\\n;={}%?/]*?)(?:\\(\\s*\\))?";

  /** A question mark at the end of a cell, or at its beginning, is never Java. */
  private static final Pattern QUESTION =
      Pattern.compile("\\s*(?:" + NAME + "\\s*\\?{1,2}|\\?{1,2}\\s*" + NAME + ")\\s*");

  private NameQuestion() {}

  /** Returns the name that is asked about; empty if the cell is no such question. */
  static Optional<String> in(String code) {
    Matcher question = QUESTION.matcher(code);
    return question.matches()
        ? Optional.of(question.group(1) == null ? question.group(2) : question.group(1))
        : Optional.empty();
  }
}
