package rft.policy;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Completions laid out for the program's {@code score} method: right-padded rows behind left-padded
 * prompts.
 */
final class ScoringBatch {
  private final PaddedPrompts prompts;
  private final List<Scorer.Row> rows;
  private final int longest;
  private final int scored;

  /**
   * Lays rows out.
   *
   * @param context positions the model has
   * @throws IllegalArgumentException if a row is empty or does not fit the context
   */
  ScoringBatch(PaddedPrompts prompts, List<Scorer.Row> rows, int context) {
    this.prompts = prompts;
    this.rows = rows;
    int max = 2; // at least one token is fed even where only the first one is scored
    int sum = 0;
    for (Scorer.Row row : rows) {
      requireFit(prompts.length(row.prompt()), row.tokens().length(), context);
      max = Math.max(max, row.tokens().length());
      sum += row.tokens().length();
    }
    this.longest = max;
    this.scored = sum;
  }

  /** Checked here, because an index out of range inside the program ends a whole GPU process. */
  static void requireFit(int prompt, int completion, int context) {
    if (completion == 0) {
      throw new IllegalArgumentException("a completion has no tokens: there is nothing to score");
    }
    if (prompt + completion > context) {
      throw new IllegalArgumentException(
          "a prompt of "
              + prompt
              + " tokens and a completion of "
              + completion
              + " exceed the context of "
              + context
              + ": shorten the prompt or the answer");
    }
  }

  /** Returns the arguments up to {@code targets}, in order. */
  List<NDArray> arrays(NativeScope scope) {
    int count = rows.size();
    int fed = longest - 1; // the last token of a row predicts nothing
    int promptCount = prompts.count();
    int width = prompts.width();
    long[] promptOfRow = new long[count];
    long[] ids = new long[count * fed];
    long[] positions = new long[count * fed];
    float[] mask = new float[count * fed * (width + fed)];
    long[] places = new long[scored];
    long[] targets = new long[scored];
    int next = 0;
    for (int i = 0; i < count; i++) {
      int[] tokens = rows.get(i).tokens().toArray();
      int prompt = rows.get(i).prompt();
      promptOfRow[i] = prompt;
      for (int j = 0; j < tokens.length; j++) {
        places[next] = (long) i * longest + j;
        targets[next++] = tokens[j];
      }
      for (int j = 0; j < fed; j++) {
        ids[i * fed + j] = j < tokens.length - 1 ? tokens[j] : 0;
        positions[i * fed + j] = (long) prompts.length(prompt) + Math.min(j, tokens.length - 1);
        int start = (i * fed + j) * (width + fed);
        prompts.maskPadding(prompt, mask, start);
        java.util.Arrays.fill(
            mask, start + width + j + 1, start + width + fed, PaddedPrompts.HIDDEN);
      }
    }
    List<NDArray> arrays = new ArrayList<>();
    arrays.add(scope.longs("prompt", prompts.ids(), promptCount, width));
    arrays.add(scope.longs("prompt_positions", prompts.positions(), promptCount, width));
    arrays.add(scope.floats("prompt_mask", prompts.mask(), promptCount, 1, width, width));
    arrays.add(scope.longs("rows", promptOfRow, count));
    arrays.add(scope.longs("ids", ids, count, fed));
    arrays.add(scope.longs("positions", positions, count, fed));
    arrays.add(scope.floats("mask", mask, count, 1, fed, width + fed));
    arrays.add(scope.longs("scored", places, scored));
    arrays.add(scope.longs("targets", targets, scored));
    return arrays;
  }
}
