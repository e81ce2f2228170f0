package rft.sandbox;

/**
 * One test that code of a model has to pass, and never sees.
 *
 * @param kind what it looks at
 * @param given standard input of the program, or the statements that judge
 * @param expected what the program must print; empty for statements
 */
public record CodeTest(Kind kind, String given, String expected) {
  /** What a test looks at. */
  public enum Kind {
    /** What the whole program prints. */
    PRINTS,
    /** What Python statements find out about its functions. */
    HOLDS
  }

  /**
   * Returns a test that runs the code as a program: it must end well and print this, white space at
   * the ends of lines aside.
   */
  public static CodeTest prints(String input, String expected) {
    return new CodeTest(Kind.PRINTS, input, expected);
  }

  /**
   * Returns a test by Python statements that must not raise, for example {@code assert add(1, 2) ==
   * 3}. They use the solution's top-level names, or {@code import solution}; a name that Python
   * itself has, such as {@code sum}, is Python's: write {@code solution.sum}. Arguments are plain
   * values and what the solution returned.
   */
  public static CodeTest holds(String statements) {
    return new CodeTest(Kind.HOLDS, statements, "");
  }
}
