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

  public OutputDifference {
    lines = List.copyOf(lines);
  }

  /**
   * Returns where two runs of one notebook show different things. Kinds and order of the outputs
   * are compared in any case.
   *
   * @throws IllegalArgumentException if they have not equally many code cells
   */
  static List<OutputDifference> between(Notebook held, Notebook now, Comparison comparison) {
    List<CodeCell> before = held.codeCells();
    List<CodeCell> after = now.codeCells();
    if (before.size() != after.size()) {
      throw new IllegalArgumentException(
          before.size() + " and " + after.size() + " code cells are not of one notebook");
    }
    Masking masking = Masking.STANDARD;
    List<OutputDifference> differences = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      CodeCell cell = after.get(i);
      if (!cell.hasTag(IGNORED)) {
        List<String> lines =
            lines(OutputText.of(before.get(i), masking), OutputText.of(cell, masking), comparison);
        if (!lines.isEmpty()) {
          differences.add(new OutputDifference(cell.number(), cell.title(), lines));
        }
      }
    }
    return differences;
  }

  private static List<String> lines(
      List<OutputText> before, List<OutputText> after, Comparison comparison) {
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
      lines.addAll(comparison.changed(held, now));
    }
    before.stream().skip(common).forEach(part -> lines.addAll(whole("- ", part)));
    after.stream().skip(common).forEach(part -> lines.addAll(whole("+ ", part)));
    return lines;
  }

  private static List<String> whole(String sign, OutputText part) {
    return Stream.concat(
            Stream.of(sign + part.kind()),
            ChangedLines.some(sign + "  ", part.lines(), List.of()).stream())
        .toList();
  }
}
