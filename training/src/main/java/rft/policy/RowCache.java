package rft.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.List;

/**
 * Keys and values of a batch whose rows began together. Where {@link Decoder#sharesPrompts} says
 * so, those of a prompt are held and read once for all of its rows; else each row has a copy.
 */
final class RowCache {
  private final NativeScope scope;
  private final TorchProgram program;
  private int[] promptOfRow;
  private PromptGroups groups;
  private NDList own = new NDList(); // (R, KV, columns, D) each
  private NDList shared = new NDList(); // (prompts, KV, width, D) each; none if rows have copies

  /**
   * Makes a cache without content.
   *
   * @param promptOfRow the prompt of each row, rows of a prompt side by side
   */
  RowCache(NativeScope scope, TorchProgram program, int[] promptOfRow) {
    this.scope = scope;
    this.program = program;
    this.promptOfRow = promptOfRow.clone();
    this.groups = PromptGroups.of(promptOfRow);
  }

  /**
   * Takes the keys and values of the prompts.
   *
   * @param room tokens that a row may add
   * @param prompts (prompts, KV, width, D) each
   */
  void fill(NativeScope inner, int room, List<NDArray> prompts, boolean sharesPrompts) {
    prompts.forEach(array -> NativeScope.named(array, "prompt[]"));
    NDList in = NativeScope.list(rows(inner), inner.length("room", room), prompts);
    NDList made = inner.call(program, sharesPrompts ? "apart" : "fan_out", false, in);
    int count = made.size() - prompts.size();
    shared = kept(made.subList(0, count), "prompt[]");
    own = kept(made.subList(count, made.size()), "cache[]");
  }

  /** Returns the prompt of each row: (R). */
  NDArray rows(NativeScope inner) {
    return longs(inner, Arrays.stream(promptOfRow).asLongStream().toArray());
  }

  boolean sharesPrompts() {
    return !shared.isEmpty();
  }

  PromptGroups groups() {
    return groups;
  }

  /** Returns the arrays as the program takes them: those of prompts first. */
  List<NDArray> arrays() {
    return NativeScope.list(shared, own);
  }

  /** Drops all but some rows, and prompts that no row is left of. */
  void keep(NativeScope step, int[] kept) {
    own = selected(step, Arrays.stream(kept).asLongStream().toArray(), own, "cache[]");
    promptOfRow = Arrays.stream(kept).map(row -> promptOfRow[row]).toArray();
    List<Integer> before = groups.prompts();
    groups = PromptGroups.of(promptOfRow);
    if (sharesPrompts() && groups.prompts().size() < before.size()) {
      long[] places = groups.prompts().stream().mapToLong(before::indexOf).toArray();
      shared = selected(step, places, shared, "prompt[]");
    }
  }

  private NDList selected(NativeScope step, long[] kept, NDList from, String name) {
    from.forEach(array -> NativeScope.named(array, "cache[]"));
    NDList in = NativeScope.list(longs(step, kept), from);
    NDList smaller = step.call(program, "select", false, in);
    from.close();
    return kept(smaller, name);
  }

  private NDList kept(List<NDArray> arrays, String name) {
    arrays.forEach(array -> scope.keep(NativeScope.named(array, name)));
    return new NDList(arrays);
  }

  private static NDArray longs(NativeScope owner, long[] values) {
    return owner.longs("rows", values, values.length);
  }
}
