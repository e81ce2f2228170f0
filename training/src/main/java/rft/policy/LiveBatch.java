package rft.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;

/**
 * Completions drawn together that may begin and end at any token, with the weights of one variant.
 *
 * <p>Each row has a slot of the cache, filled from column 0: joining copies one prompt, leaving
 * moves one row, and neither touches the others. What a row draws depends on its own random numbers
 * alone; what else is in the batch changes log-probs by no more than rounding. For one thread.
 */
public final class LiveBatch implements AutoCloseable {
  private static final int SPARE_COLUMNS = 64;

  private final Policy policy;
  private final Variant variant;
  private final NativeScope scope;
  private final TokenDraw draw;
  private final int chunk;
  private final List<LiveRow> rows = new ArrayList<>(); // by slot
  private NDList cache = new NDList(); // (slots, KV, columns, D) each
  private int slots;
  private int columns;

  /** Makes an empty batch; the variant stays open as long as the batch. */
  public LiveBatch(Variant variant) {
    this(variant, PromptBlock.CHUNK);
  }

  /**
   * @param chunk columns of prompts computed at once
   */
  LiveBatch(Variant variant, int chunk) {
    this.chunk = chunk;
    this.policy = variant.policy();
    this.variant = variant;
    this.scope = policy.scope();
    this.draw = new TokenDraw(policy);
  }

  /** Returns how many rows are in it. */
  public int size() {
    return rows.size();
  }

  /**
   * Adds rows and draws the first token of each.
   *
   * @throws IllegalArgumentException if a prompt and the new tokens do not fit the context
   */
  public void join(List<LiveRow> joining) {
    joining.forEach(this::requireRoom);
    IdentityHashMap<int[], Integer> places = new IdentityHashMap<>();
    List<int[]> prompts = new ArrayList<>();
    long[] promptOfRow = new long[joining.size()];
    long[] slotOfRow = new long[joining.size()];
    for (int i = 0; i < promptOfRow.length; i++) {
      int[] prompt = joining.get(i).prompt();
      Integer place = places.putIfAbsent(prompt, prompts.size());
      if (place == null) {
        prompts.add(prompt);
      }
      promptOfRow[i] = places.get(prompt);
      slotOfRow[i] = (long) rows.size() + i;
    }
    PromptBlock block = PromptBlock.of(prompts);
    try (NativeScope step = scope.inner()) {
      NDList out = prefill(step, block);
      NDArray from = step.longs("rows", promptOfRow, promptOfRow.length);
      List<NDArray> computed = out.subList(1, out.size());
      room(step, computed, rows.size() + joining.size(), block.width() + 1);
      computed.forEach(array -> NativeScope.named(array, "prompt[]"));
      NDArray to = step.longs("slots", slotOfRow, slotOfRow.length);
      step.call(policy.program(), "store", false, NativeScope.list(to, from, cache, computed));
      NDArray logits = NativeScope.named(out.get(0), "cache[]");
      NDList own = step.call(policy.program(), "select", false, NativeScope.list(from, logits));
      rows.addAll(joining);
      draw.draw(step, own.get(0), joining);
    }
  }

  private void requireRoom(LiveRow row) {
    int context = policy.config().maxPositions();
    long needed = (long) row.prompt().length + row.settings().maxNewTokens();
    if (needed > context) {
      throw new IllegalArgumentException(
          "a prompt of "
              + row.prompt().length
              + " tokens and "
              + row.settings().maxNewTokens()
              + " new ones exceed the context of "
              + context);
    }
  }

  /** Returns the logits behind each prompt (B, V), then keys and values of every layer. */
  private NDList prefill(NativeScope step, PromptBlock block) {
    long count = block.prompts().size();
    long width = block.width();
    NDList in =
        NativeScope.list(
            step.longs("ids", block.ids(), count, width),
            step.length("chunk", chunk),
            step.longs("last", block.last(), count),
            variant.arguments());
    return step.call(policy.program(), "begin", false, in);
  }

  /** Makes the cache at least this large; it grows by half or more, so that copies are rare. */
  private void room(NativeScope step, List<NDArray> like, int slotsNeeded, int columnsNeeded) {
    if (slotsNeeded <= slots && columnsNeeded <= columns) {
      return;
    }
    NDList old = cache.isEmpty() ? withoutRows(step, like) : cache;
    int before = (int) old.get(0).getShape().get(2);
    if (slotsNeeded > slots) {
      slots = Math.max(slotsNeeded, slots + slots / 2);
    }
    if (columnsNeeded > columns) {
      int context = policy.config().maxPositions();
      columns = Math.max(columnsNeeded + SPARE_COLUMNS, columns + columns / 2);
      columns = Math.min(columns, Math.max(columnsNeeded, context));
    }
    int added = slots - (int) old.get(0).getShape().get(0);
    NDList in =
        NativeScope.list(step.length("rows", added), step.length("columns", columns - before), old);
    NDList grown = step.call(policy.program(), "grow", false, in);
    cache.close();
    cache = grown;
    cache.forEach(array -> scope.keep(NativeScope.named(array, "cache[]")));
  }

  private NDList withoutRows(NativeScope step, List<NDArray> like) {
    NDArray nobody = step.longs("rows", new long[0], 0);
    like.forEach(array -> NativeScope.named(array, "cache[]"));
    NDList none = step.call(policy.program(), "select", false, NativeScope.list(nobody, like));
    none.forEach(array -> NativeScope.named(array, "cache[]"));
    return none;
  }

  /** Draws the next token of every row. */
  public void step() {
    int count = rows.size();
    if (count == 0) {
      return;
    }
    int length = 0;
    for (LiveRow row : rows) {
      length = Math.max(length, row.position() + 1);
    }
    long[] ids = new long[count];
    long[] positions = new long[count];
    float[] mask = new float[count * length];
    for (int i = 0; i < count; i++) {
      LiveRow row = rows.get(i);
      ids[i] = row.last().id();
      positions[i] = row.position();
      int end = (i + 1) * length;
      java.util.Arrays.fill(mask, i * length + row.position() + 1, end, PaddedPrompts.HIDDEN);
    }
    try (NativeScope step = scope.inner()) {
      room(step, List.of(), count, length);
      NDList in =
          NativeScope.list(
              step.longs("ids", ids, count, 1),
              step.longs("positions", positions, count, 1),
              step.floats("mask", mask, count, 1, 1, length),
              cache,
              variant.arguments());
      NDArray logits = step.call(policy.program(), "advance", false, in).get(0); // (R, V)
      draw.draw(step, logits, rows);
    }
  }

  /** Takes rows out; the last ones move into the slots that become free. */
  public void leave(Predicate<LiveRow> leaving) {
    List<Long> free = new ArrayList<>();
    List<Long> moved = new ArrayList<>();
    long kept = rows.stream().filter(leaving.negate()).count();
    if (kept == 0) {
      clear();
      return;
    }
    int last = rows.size() - 1;
    for (int slot = 0; slot < kept; slot++) {
      if (leaving.test(rows.get(slot))) {
        while (leaving.test(rows.get(last))) {
          last--;
        }
        rows.set(slot, rows.get(last));
        free.add((long) slot);
        moved.add((long) last--);
      }
    }
    rows.subList((int) kept, rows.size()).clear();
    if (!free.isEmpty()) {
      move(free, moved);
    }
  }

  private void move(List<Long> to, List<Long> from) {
    int used = rows.stream().mapToInt(LiveRow::position).max().orElse(0);
    try (NativeScope step = scope.inner()) {
      NDList in =
          NativeScope.list(
              step.longs("slots", to.stream().mapToLong(Long::longValue).toArray(), to.size()),
              step.longs("rows", from.stream().mapToLong(Long::longValue).toArray(), from.size()),
              step.length("columns", Math.min(columns, Math.max(1, used))),
              cache);
      step.call(policy.program(), "move", false, in);
    }
  }

  /** An empty batch holds no memory. */
  private void clear() {
    rows.clear();
    cache.close();
    cache = new NDList();
    slots = 0;
    columns = 0;
  }

  @Override
  public void close() {
    scope.close();
  }
}
