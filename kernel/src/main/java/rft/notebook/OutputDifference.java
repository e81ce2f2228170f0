package rft.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cell whose output is no longer what the notebook holds.
 *
 * @param cell counted from 1 over all cells
 * @param title the cell's first line
 * @param lines readable, with {@code -} before what the notebook holds and {@code +} before what
 *     the cell shows now
 */
public record OutputDifference(int cell, String title, List<String> lines) {
  /** A cell with this tag is run, and may show anything; nbval gave the tag its name. */
  static final String IGNORED = "nbval-ignore-output";

  private static final int MOST_LINES = 12;
  private static final int WIDEST = 160;
  private static final int BEFORE_DIFFERENCE = 40;

  public OutputDifference {
    lines = List.copyOf(lines);
  }

  /**
   * Returns where two runs of one notebook show different things.
   *
   * @throws IllegalArgumentException if they have not equally many code cells
   */
  static List<OutputDifference> between(Notebook held, Notebook now, Masking masking) {
    List<CodeCell> before = held.codeCells();
    List<CodeCell> after = now.codeCells();
    if (before.size() != after.size()) {
      throw new IllegalArgumentException(
          before.size() + " and " + after.size() + " code cells are not of one notebook");
    }
    List<OutputDifference> differences = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      CodeCell cell = after.get(i);
      if (!cell.hasTag(IGNORED)) {
        List<String> lines =
            lines(OutputText.of(before.get(i), masking), OutputText.of(cell, masking));
        if (!lines.isEmpty()) {
          differences.add(new OutputDifference(cell.number(), cell.title(), lines));
        }
      }
    }
    return differences;
  }

  private static List<String> lines(List<OutputText> before, List<OutputText> after) {
    List<String> lines = new ArrayList<>();
    int common = Math.min(before.size(), after.size());
    for (int i = 0; i < common; i++) {
      OutputText held = before.get(i);
      OutputText now = after.get(i);
      if (!held.kind().equals(now.kind())) {
        lines.add("- " + held.kind());
        lines.add("+ " + now.kind());
        return lines;
      }
      lines.addAll(changed(held, now));
    }
    before.stream().skip(common).forEach(part -> lines.addAll(whole("- ", part)));
    after.stream().skip(common).forEach(part -> lines.addAll(whole("+ ", part)));
    return lines;
  }

  private static List<String> whole(String sign, OutputText part) {
    return Stream.concat(
            Stream.of(sign + part.kind()), some(sign + "  ", part.lines(), List.of()).stream())
        .toList();
  }

  /** Returns the lines between the first and the last that differ; none if all are equal. */
  private static List<String> changed(OutputText held, OutputText now) {
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
  private static List<String> some(String sign, List<String> lines, List<String> others) {
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
