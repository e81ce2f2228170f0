package rft.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.List;

/**
 * Completions laid out for the program's {@code score_packed} method: one row per token, next to no
 * padding, each prompt once. Only attention sees rectangles, through indices into those rows.
 */
final class PackedBatch {
  /**
   * Rows come in multiples of this; those at the end that are nobody's are computed for nothing.
   */
  private static final int BLOCK = 16;

  private final List<int[]> prompts;
  private final List<Scorer.Row> rows;
  private final int[] promptStart;
  private final int[] rowStart; // first fed token of a completion
  private final int promptWidth;
  private final int rowWidth;
  private final int tokens;
  private final int scored;

  /**
   * Lays rows out.
   *
   * @param context positions the model has
   * @throws IllegalArgumentException if a row is empty or does not fit the context
   */
  PackedBatch(List<int[]> prompts, List<Scorer.Row> rows, int context) {
    this.prompts = prompts;
    this.rows = rows;
    this.promptStart = new int[prompts.size()];
    this.rowStart = new int[rows.size()];
    int next = 0;
    for (int i = 0; i < promptStart.length; i++) {
      promptStart[i] = next;
      next += prompts.get(i).length;
    }
    int widest = 1; // at least one column, where every completion is a single token
    int sum = 0;
    for (int i = 0; i < rowStart.length; i++) {
      int length = rows.get(i).tokens().length();
      ScoringBatch.requireFit(prompts.get(rows.get(i).prompt()).length, length, context);
      rowStart[i] = next;
      next += length - 1; // the last token of a row predicts nothing
      widest = Math.max(widest, length - 1);
      sum += length;
    }
    this.promptWidth = PaddedPrompts.of(prompts).width();
    this.rowWidth = widest;
    this.tokens = next;
    this.scored = sum;
  }

  /** Returns the rows that are computed: tokens of prompts and of completions. */
  int tokens() {
    return tokens;
  }

  private int padded() {
    return (tokens + BLOCK - 1) / BLOCK * BLOCK;
  }

  private int fed(int row) {
    return rows.get(row).tokens().length() - 1;
  }

  /** Returns ids, positions, places of scored rows, and the lists for attention, in order. */
  NDList arrays(NativeScope scope) {
    long[] ids = new long[padded()];
    long[] positions = new long[padded()];
    long[] places = new long[scored];
    for (int i = 0; i < promptStart.length; i++) {
      fill(prompts.get(i), prompts.get(i).length, promptStart[i], 0, ids, positions);
    }
    int next = 0;
    for (int i = 0; i < rowStart.length; i++) {
      int prompt = rows.get(i).prompt();
      int length = prompts.get(prompt).length;
      fill(rows.get(i).tokens().toArray(), fed(i), rowStart[i], length, ids, positions);
      places[next++] = promptStart[prompt] + length - 1L;
      for (int j = 0; j < fed(i); j++) {
        places[next++] = (long) rowStart[i] + j;
      }
    }
    return NativeScope.list(
        scope.longs("ids", ids, ids.length),
        scope.longs("positions", positions, positions.length),
        scope.longs("scored", places, scored),
        attention(scope));
  }

  /** Returns the tokens to be scored: (N). */
  NDArray targets(NativeScope scope) {
    long[] targets = new long[scored];
    int next = 0;
    for (Scorer.Row row : rows) {
      for (int token : row.tokens().toArray()) {
        targets[next++] = token;
      }
    }
    return scope.longs("targets", targets, scored);
  }

  private static void fill(
      int[] from, int count, int start, int position, long[] ids, long[] positions) {
    for (int j = 0; j < count; j++) {
      ids[start + j] = from[j];
      positions[start + j] = (long) position + j;
    }
  }

  /** Returns which rows attention joins, its masks, and where each row's result is. */
  private List<NDArray> attention(NativeScope scope) {
    int count = rows.size();
    long[] promptIndex = new long[prompts.size() * promptWidth];
    float[] promptMask = new float[prompts.size() * promptWidth * promptWidth];
    long[] result = new long[padded()];
    for (int i = 0; i < prompts.size(); i++) {
      fillPrompt(i, promptIndex, promptMask, result);
    }
    int keys = promptWidth + rowWidth;
    long[] queryIndex = new long[count * rowWidth];
    long[] keyIndex = new long[count * keys];
    float[] mask = new float[count * rowWidth * keys];
    for (int i = 0; i < count; i++) {
      int prompt = rows.get(i).prompt();
      System.arraycopy(promptIndex, prompt * promptWidth, keyIndex, i * keys, promptWidth);
      for (int j = 0; j < fed(i); j++) {
        queryIndex[i * rowWidth + j] = (long) rowStart[i] + j;
        keyIndex[i * keys + promptWidth + j] = (long) rowStart[i] + j;
        result[rowStart[i] + j] = promptIndex.length + (long) i * rowWidth + j;
      }
      for (int j = 0; j < rowWidth; j++) {
        int at = (i * rowWidth + j) * keys;
        Arrays.fill(mask, at + prompts.get(prompt).length, at + promptWidth, PaddedPrompts.HIDDEN);
        Arrays.fill(mask, at + promptWidth + j + 1, at + keys, PaddedPrompts.HIDDEN);
      }
    }
    return List.of(
        scope.longs("places[]", promptIndex, prompts.size(), promptWidth),
        scope.floats("places[]", promptMask, prompts.size(), 1, promptWidth, promptWidth),
        scope.longs("places[]", queryIndex, count, rowWidth),
        scope.longs("places[]", keyIndex, count, keys),
        scope.floats("places[]", mask, count, 1, rowWidth, keys),
        scope.longs("places[]", result, result.length));
  }

  private void fillPrompt(int prompt, long[] index, float[] mask, long[] result) {
    int length = prompts.get(prompt).length;
    for (int j = 0; j < length; j++) {
      index[prompt * promptWidth + j] = (long) promptStart[prompt] + j;
      result[promptStart[prompt] + j] = (long) prompt * promptWidth + j;
    }
    for (int j = 0; j < promptWidth; j++) {
      int at = (prompt * promptWidth + j) * promptWidth;
      Arrays.fill(mask, at + j + 1, at + promptWidth, PaddedPrompts.HIDDEN);
    }
  }
}
