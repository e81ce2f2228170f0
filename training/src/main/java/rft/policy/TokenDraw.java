package rft.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;

/** Draws one token for each row of some logits, by the row's own settings. */
record TokenDraw(Policy policy) {
  /** Draws and hands each row its token. Logits: (R, V), owned by the scope. */
  void draw(NativeScope scope, NDArray logits, List<LiveRow> rows) {
    int[] tokens = new int[rows.size()];
    for (LiveRow.Kind kind : LiveRow.Kind.values()) {
      List<Integer> places = LiveRow.ofKind(rows, kind);
      if (!places.isEmpty()) {
        NDArray own = places.size() == rows.size() ? logits : selected(scope, logits, places);
        List<LiveRow> some = places.stream().map(rows::get).toList();
        long[] drawn = drawn(scope, own, some, kind);
        for (int i = 0; i < drawn.length; i++) {
          tokens[places.get(i)] = (int) drawn[i];
        }
      }
    }
    hand(scope, logits, rows, tokens);
  }

  private NDArray selected(NativeScope scope, NDArray logits, List<Integer> places) {
    long[] rows = places.stream().mapToLong(Integer::longValue).toArray();
    NativeScope.named(logits, "cache[]");
    NDList in = NativeScope.list(scope.longs("rows", rows, rows.length), logits);
    return scope.call(policy.program(), "select", false, in).get(0);
  }

  /** Returns one token per row, by the same methods as a training's sampler. */
  private long[] drawn(NativeScope scope, NDArray logits, List<LiveRow> rows, LiveRow.Kind kind) {
    NativeScope.named(logits, "logits");
    if (kind == LiveRow.Kind.GREEDY) {
      return scope
          .call(policy.program(), "greedy", false, NativeScope.list(logits))
          .get(0)
          .toLongArray();
    }
    int count = rows.size();
    double[] uniforms = new double[count];
    float[] temperatures = new float[count];
    float[] topP = new float[count];
    long[] topK = new long[count];
    for (int i = 0; i < count; i++) {
      SamplingSettings settings = rows.get(i).settings();
      uniforms[i] = rows.get(i).uniform();
      temperatures[i] = (float) settings.temperature();
      topP[i] = (float) settings.topP();
      topK[i] = settings.topK() == 0 ? policy.config().vocabulary() : settings.topK();
    }
    NDList in =
        NativeScope.list(
            logits,
            scope.doubles("uniforms", uniforms, count, 1),
            scope.floats("temperature", temperatures, count, 1));
    if (kind == LiveRow.Kind.FILTERED) {
      in.add(scope.floats("top_p", topP, count, 1));
      in.add(scope.longs("top_k", topK, count, 1));
    }
    String method = kind == LiveRow.Kind.FILTERED ? "sample_filtered" : "sample";
    return scope.call(policy.program(), method, false, in).get(0).toLongArray();
  }

  private void hand(NativeScope scope, NDArray logits, List<LiveRow> rows, int[] tokens) {
    List<Integer> asking = new ArrayList<>();
    int top = 1;
    for (int i = 0; i < tokens.length; i++) {
      LiveRow row = rows.get(i);
      if (row.top() == LiveRow.NO_LOG_PROBS) {
        row.add(DrawnToken.bare(tokens[i]));
      } else {
        asking.add(i);
        top = Math.max(top, row.top());
      }
    }
    if (asking.isEmpty()) {
      return;
    }
    int[] ids = asking.stream().mapToInt(i -> tokens[i]).toArray();
    long[] wanted = asking.stream().mapToLong(i -> tokens[i]).toArray();
    NDArray own = asking.size() == tokens.length ? logits : selected(scope, logits, asking);
    NDList in =
        NativeScope.list(
            NativeScope.named(own, "logits"),
            scope.longs("tokens", wanted, wanted.length),
            scope.length("top", Math.min(top, policy.config().vocabulary())));
    NDList ranked = scope.call(policy.program(), "rank", false, in);
    List<DrawnToken> known =
        DrawnToken.list(ids, ranked, Math.min(top, policy.config().vocabulary()));
    for (int i = 0; i < ids.length; i++) {
      LiveRow row = rows.get(asking.get(i));
      DrawnToken token = known.get(i);
      row.add(new DrawnToken(token.id(), token.logProb(), token.likeliest().subList(0, row.top())));
    }
  }
}
