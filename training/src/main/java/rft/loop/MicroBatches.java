package rft.loop;

import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import rft.rollout.Rollout;
import rft.rollout.RolloutGroup;

/**
 * Cuts groups into parts that one forward and backward pass takes. A group is cut apart only where
 * it is larger than a pass by itself; each part then computes the prompt anew.
 *
 * @param rollouts most of one pass
 * @param tokens most of one pass, prompts included
 */
record MicroBatches(int rollouts, int tokens) {
  private static final String NO_MEMORY = "out of memory";

  MicroBatches {
    if (rollouts < 1 || tokens < 1) {
      throw new IllegalArgumentException(
          "a pass takes at least one rollout (%d) and one token (%d)".formatted(rollouts, tokens));
    }
  }

  /**
   * Returns the passes of each of some threads, in order. Small models share out whole groups by
   * their number; where passes are long enough to be worth it, they share out tokens.
   */
  List<List<List<ScoredGroup>>> shares(List<ScoredGroup> groups, int threads) {
    List<List<List<ScoredGroup>>> shares = new ArrayList<>();
    if (tokens == Integer.MAX_VALUE) {
      for (int i = 0; i < threads; i++) {
        int from = (int) ((long) groups.size() * i / threads);
        int to = (int) ((long) groups.size() * (i + 1) / threads);
        shares.add(of(groups.subList(from, to)));
      }
      return shares;
    }
    int sum = groups.stream().mapToInt(MicroBatches::tokens).sum();
    int most = Math.max(1, Math.min(tokens, (sum + threads - 1) / threads));
    long[] given = new long[threads];
    for (int i = 0; i < threads; i++) {
      shares.add(new ArrayList<>());
    }
    for (List<ScoredGroup> batch : new MicroBatches(rollouts, most).of(groups)) {
      int least = 0;
      for (int i = 1; i < threads; i++) {
        least = given[i] < given[least] ? i : least;
      }
      shares.get(least).add(batch);
      given[least] += batch.stream().mapToInt(MicroBatches::tokens).sum();
    }
    return shares;
  }

  /** Returns the passes in order. */
  List<List<ScoredGroup>> of(List<ScoredGroup> groups) {
    List<List<ScoredGroup>> batches = new ArrayList<>();
    List<ScoredGroup> current = new ArrayList<>();
    int rows = 0;
    int length = 0;
    for (ScoredGroup group : groups) {
      for (ScoredGroup part : tokens(group) > tokens ? cut(group) : List.of(group)) {
        int size = part.group().rollouts().size();
        if (!current.isEmpty() && (rows + size > rollouts || length + tokens(part) > tokens)) {
          batches.add(current);
          current = new ArrayList<>();
          rows = 0;
          length = 0;
        }
        current.add(part);
        rows += size;
        length += tokens(part);
      }
    }
    if (!current.isEmpty()) {
      batches.add(current);
    }
    return batches;
  }

  private static int tokens(ScoredGroup group) {
    int completions = group.group().rollouts().stream().mapToInt(r -> r.tokens().length()).sum();
    return group.group().prompt().tokens().length() + completions;
  }

  private List<ScoredGroup> cut(ScoredGroup group) {
    List<ScoredGroup> parts = new ArrayList<>();
    List<Rollout> all = group.group().rollouts();
    int prompt = group.group().prompt().tokens().length();
    int from = 0;
    int length = prompt;
    for (int i = 0; i < all.size(); i++) {
      int own = all.get(i).tokens().length();
      if (i > from && length + own > tokens) {
        parts.add(part(group, from, i));
        from = i;
        length = prompt;
      }
      length += own;
    }
    parts.add(part(group, from, all.size()));
    return parts;
  }

  private static ScoredGroup part(ScoredGroup group, int from, int to) {
    RolloutGroup whole = group.group();
    return new ScoredGroup(
        new RolloutGroup(whole.position(), whole.prompt(), whole.rollouts().subList(from, to)),
        group.verdicts().subList(from, to),
        group.rewards().subList(from, to),
        group.advantages().subList(from, to));
  }

  /**
   * Returns what a pass over a part reports; where the device has too little memory for it, of a
   * pass over each half.
   *
   * @throws IllegalStateException if it has too little for a single rollout
   */
  static LossReport run(List<ScoredGroup> batch, Function<List<ScoredGroup>, LossReport> pass) {
    try {
      return pass.apply(batch);
    } catch (EngineException e) {
      if (!String.valueOf(e.getMessage()).contains(NO_MEMORY)) {
        throw e;
      }
      LossReport report = LossReport.EMPTY;
      for (List<ScoredGroup> half : halves(batch, e)) {
        report = report.plus(run(half, pass));
      }
      return report;
    }
  }

  private static List<List<ScoredGroup>> halves(List<ScoredGroup> batch, EngineException cause) {
    if (batch.size() > 1) {
      int middle = batch.size() / 2;
      return List.of(batch.subList(0, middle), batch.subList(middle, batch.size()));
    }
    ScoredGroup group = batch.get(0);
    int count = group.group().rollouts().size();
    if (count == 1) {
      throw new IllegalStateException(
          "the device has too little memory for one rollout of "
              + tokens(group)
              + " tokens with its prompt: lower --max-new-tokens, take --precision bf16, or a"
              + " smaller model",
          cause);
    }
    return List.of(List.of(part(group, 0, count / 2)), List.of(part(group, count / 2, count)));
  }
}
