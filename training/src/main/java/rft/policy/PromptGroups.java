package rft.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Which rows of a batch continue which prompt, laid out as a rectangle, so that the keys and values
 * of a prompt are read once for all of its rows. A prompt with fewer rows than another has its last
 * one more than once; where all have as many, each row is at its place.
 */
final class PromptGroups {
  private final List<Integer> prompts;
  private final long[] spread;
  private final long[] home;

  private PromptGroups(List<Integer> prompts, long[] spread, long[] home) {
    this.prompts = prompts;
    this.spread = spread;
    this.home = home;
  }

  /**
   * Lays rows out.
   *
   * @param promptOfRow the prompt of each row, rows of a prompt side by side
   */
  static PromptGroups of(int[] promptOfRow) {
    List<Integer> prompts = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    int places = 0;
    for (int row = 0; row < promptOfRow.length; row++) {
      if (row == 0 || promptOfRow[row] != promptOfRow[row - 1]) {
        prompts.add(promptOfRow[row]);
        starts.add(row);
      }
      places = Math.max(places, row - starts.get(starts.size() - 1) + 1);
    }
    if (prompts.size() * places == promptOfRow.length) {
      return new PromptGroups(List.copyOf(prompts), new long[0], new long[0]);
    }
    long[] spread = new long[prompts.size() * places];
    long[] home = new long[promptOfRow.length];
    for (int group = 0; group < prompts.size(); group++) {
      int start = starts.get(group);
      int end = group + 1 < prompts.size() ? starts.get(group + 1) : promptOfRow.length;
      for (int place = 0; place < places; place++) {
        spread[group * places + place] = Math.min(start + place, end - 1);
      }
      for (int row = start; row < end; row++) {
        home[row] = (long) group * places + (row - start);
      }
    }
    return new PromptGroups(List.copyOf(prompts), spread, home);
  }

  /** Returns the prompts that have a row, in the order of the rows. */
  List<Integer> prompts() {
    return prompts;
  }

  /** Returns the row at each place: (prompts x places); empty where each is at its own. */
  long[] spread() {
    return spread.clone();
  }

  /** Returns the place of each row: (rows); empty where that is its number. */
  long[] home() {
    return home.clone();
  }
}
