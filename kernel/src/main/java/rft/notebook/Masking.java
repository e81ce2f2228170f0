package rft.notebook;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What of an output depends on the clock or on the machine, and is therefore not compared: times,
 * speeds, memory, names of runs, folders, addresses. Everything else must stay as it was committed.
 *
 * @param rules applied in order
 */
record Masking(List<Rule> rules) {
  /** A number as people and programs write it. */
  private static final String NUMBER = "[-+]?\\d[\\d,]*(?:\\.\\d+)?(?:[eE][-+]?\\d+)?";

  private static final String TIME = "(?:ns|µs|us|ms|s|sec|secs|seconds?|min|minutes?|h|hours?)";

  private static final String UNIT =
      "(?:tokens?(?:/s| per second)|tok/s|steps?/s|rollouts?/s|it/s" + "|[kKMG]i?B)";

  /** The standard rules. */
  static final Masking STANDARD =
      new Masking(
          List.of(
              rule("[A-Za-z0-9][\\w-]*?-\\d{8}-\\d{6}-[0-9a-f]{4}\\b", "<run>"),
              rule(
                  "\\b\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?Z?)?",
                  "<date>"),
              rule("\\b\\d{1,2}:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?\\b", "<time>"),
              rule("(?<![\\w.])" + NUMBER + "\\s?" + TIME + "(?![\\w/])", "<duration>"),
              // Columns are as wide as what stands in them.
              rule(" {2,}", " "),
              rule("(?<![\\w.])" + NUMBER + "(?=\\s?" + UNIT + "(?![\\w/]))", "<n>"),
              rule(
                  "\\b(time/\\w+)([^\\d\\n]{1,40}?)" + NUMBER + "(?:\\s+" + NUMBER + ")*",
                  "$1$2<n>"),
              rule("\\b(tokens/s|tok/s|seconds|elapsed|time left)([:= ]{1,4})" + NUMBER, "$1$2<n>"),
              rule("\\b(pid|process|port) \\d+", "$1 <n>"),
              rule("\\b(127\\.0\\.0\\.1|localhost):\\d+", "$1:<n>"),
              rule("@[0-9a-f]{5,8}\\b", "@<hash>"),
              rule("\\$\\$Lambda[\\w$/]*", "\\$\\$Lambda"),
              // Folders differ between machines; what is in them need not.
              rule("(?<![\\w/.:<])/(?:[\\w.@~+-]+/)+", "<folder>/"),
              rule("\\b[A-Za-z]:\\\\(?:[\\w.@~+ -]+\\\\)+", "<folder>/")));

  Masking {
    rules = List.copyOf(rules);
  }

  /**
   * One thing to mask.
   *
   * @param replacement may refer to groups of the pattern
   */
  record Rule(Pattern pattern, String replacement) {}

  private static Rule rule(String pattern, String replacement) {
    return new Rule(Pattern.compile(pattern), replacement);
  }

  /** Returns the text with everything that may differ replaced by what it is. */
  String apply(String text) {
    String masked = text;
    for (Rule rule : rules) {
      masked = rule.pattern().matcher(masked).replaceAll(rule.replacement());
    }
    return masked;
  }
}
