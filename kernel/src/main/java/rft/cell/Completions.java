package rft.cell;

import java.util.List;

/**
 * What may stand in place of a part of a cell.
 *
 * @param start first character replaced, in UTF-16 units of the cell
 * @param end behind the last one
 * @param candidates best first
 */
public record Completions(int start, int end, List<Candidate> candidates) {
  /**
   * One of them.
   *
   * @param text what is inserted
   * @param type for the editor's icon: {@code magic}, {@code option}, {@code value}, {@code path},
   *     {@code class}, {@code method}, {@code variable}, {@code keyword}; empty if unknown
   * @param signature shown beside, may be empty
   */
  public record Candidate(String text, String type, String signature) {}

  public Completions {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("completion of " + start + ".." + end + " is no range");
    }
    candidates = List.copyOf(candidates);
  }

  /** Returns that nothing fits at this place. */
  public static Completions none(int cursor) {
    return new Completions(cursor, cursor, List.of());
  }
}
