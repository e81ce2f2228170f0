package rft.lab;

import java.util.ArrayList;
import java.util.List;

/** What changed from one source to another, line by line, as a unified diff. */
public final class SourceDiff {
  private static final int CONTEXT = 3;
  private static final long MOST_CELLS = 4_000_000;

  private final List<String> from;
  private final List<String> to;
  private final List<Edit> edits = new ArrayList<>();

  /** A line with its sign: {@code ' '} kept, {@code '-'} removed, {@code '+'} added. */
  private record Edit(char sign, String line) {}

  private SourceDiff(List<String> from, List<String> to) {
    this.from = from;
    this.to = to;
    int head = 0;
    while (head < Math.min(from.size(), to.size()) && from.get(head).equals(to.get(head))) {
      edits.add(new Edit(' ', from.get(head)));
      head++;
    }
    int tail = 0;
    while (tail < Math.min(from.size(), to.size()) - head
        && from.get(from.size() - 1 - tail).equals(to.get(to.size() - 1 - tail))) {
      tail++;
    }
    middle(head, from.size() - tail, to.size() - tail);
    for (int i = from.size() - tail; i < from.size(); i++) {
      edits.add(new Edit(' ', from.get(i)));
    }
  }

  /**
   * Returns the diff with three lines around each change; empty if the sources are equal.
   *
   * @param fromName stands above what was removed
   * @param toName stands above what was added
   */
  public static String unified(String fromName, String from, String toName, String to) {
    SourceDiff diff = new SourceDiff(from.lines().toList(), to.lines().toList());
    String hunks = diff.hunks();
    return hunks.isEmpty() ? "" : "--- " + fromName + "\n+++ " + toName + "\n" + hunks;
  }

  /** Divides what is between by a longest common subsequence of lines. */
  private void middle(int start, int fromEnd, int toEnd) {
    int rows = fromEnd - start;
    int columns = toEnd - start;
    // Sources this long are shown as replaced: the table would be larger than they are worth.
    boolean small = (rows + 1L) * (columns + 1L) <= MOST_CELLS;
    int[][] common = new int[small ? rows + 1 : 1][small ? columns + 1 : 1];
    for (int i = small ? rows - 1 : -1; i >= 0; i--) {
      for (int j = columns - 1; j >= 0; j--) {
        common[i][j] =
            from.get(start + i).equals(to.get(start + j))
                ? 1 + common[i + 1][j + 1]
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < rows || j < columns) {
      boolean same =
          small && i < rows && j < columns && from.get(start + i).equals(to.get(start + j));
      if (same) {
        edits.add(new Edit(' ', from.get(start + i)));
        i++;
        j++;
      } else if (j == columns || (i < rows && (!small || common[i + 1][j] >= common[i][j + 1]))) {
        edits.add(new Edit('-', from.get(start + i)));
        i++;
      } else {
        edits.add(new Edit('+', to.get(start + j)));
        j++;
      }
    }
  }

  private String hunks() {
    StringBuilder text = new StringBuilder();
    int place = 0;
    while (place < edits.size()) {
      if (edits.get(place).sign() == ' ') {
        place++;
        continue;
      }
      int start = Math.max(0, place - CONTEXT);
      int end = place;
      // A hunk goes on while the next change is near.
      for (int i = place; i < edits.size() && i <= end + 2 * CONTEXT + 1; i++) {
        end = edits.get(i).sign() == ' ' ? end : i;
      }
      int stop = Math.min(edits.size(), end + 1 + CONTEXT);
      hunk(text, start, stop);
      place = stop;
    }
    return text.toString();
  }

  private void hunk(StringBuilder text, int start, int stop) {
    text.append("@@ -").append(range(start, stop, '+')).append(" +");
    text.append(range(start, stop, '-')).append(" @@\n");
    for (Edit edit : edits.subList(start, stop)) {
      text.append(edit.sign()).append(edit.line()).append('\n');
    }
  }

  /** Returns first line and number of lines of one side. */
  private String range(int start, int stop, char otherSide) {
    long before = edits.subList(0, start).stream().filter(e -> e.sign() != otherSide).count();
    long inside = edits.subList(start, stop).stream().filter(e -> e.sign() != otherSide).count();
    return (inside == 0 ? before : before + 1) + "," + inside;
  }
}
