package rft.notebook;

import java.util.ArrayList;
import java.util.List;

/** The lines of a text that differ from those of another, for people to read. */
final class ChangedLines {
  private static final int MOST_LINES = 12;
  private static final int WIDEST = 160;
  private static final int BEFORE_DIFFERENCE = 40;

  private ChangedLines() {}

  /** Returns the lines between the first and the last that differ; none if all are equal. */
  static List<String> between(OutputText held, OutputText now) {
    List<String> before = held.lines();
    List<String> after = now.lines();
    int shorter = Math.min(before.size(), after.size());
    int start = 0;
    while (start < shorter && before.get(start).equals(after.get(start))) {
      start++;
    }
    int same = 0;
    while (same < shorter - start
        && before.get(before.size() - 1 - same).equals(after.get(after.size() - 1 - same))) {
      same++;
    }
    List<String> gone = before.subList(start, before.size() - same);
    List<String> come = after.subList(start, after.size() - same);
    if (gone.isEmpty() && come.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("  " + now.kind() + ", line " + (start + 1));
    lines.addAll(some("- ", gone, come));
    lines.addAll(some("+ ", come, gone));
    return lines;
  }

  /** Returns some of these lines, each cut to the part where it differs from its counterpart. */
  static List<String> some(String sign, List<String> lines, List<String> others) {
    List<String> some = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_LINES, lines.size()); i++) {
      some.add(sign + cut(lines.get(i), i < others.size() ? others.get(i) : ""));
    }
    if (lines.size() > MOST_LINES) {
      some.add(sign + ".. and " + (lines.size() - MOST_LINES) + " lines more");
    }
    return some;
  }

  private static String cut(String line, String other) {
    if (line.length() <= WIDEST) {
      return line;
    }
    int first = 0;
    while (first < Math.min(line.length(), other.length())
        && line.charAt(first) == other.charAt(first)) {
      first++;
    }
    int from = Math.max(0, Math.min(first - BEFORE_DIFFERENCE, line.length() - WIDEST));
    int to = Math.min(line.length(), from + WIDEST);
    return (from == 0 ? "" : "..") + line.substring(from, to) + (to == line.length() ? "" : "..");
  }
}
