package rft.loop;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Log-probs of each rollout's tokens at the start of a step, kept while a step has several inner
 * iterations.
 */
public final class OldLogProbs {
  private final Map<Long, float[]> byRollout = new ConcurrentHashMap<>();

  private static long key(int position, int rollout) {
    return ((long) position << 32) | rollout;
  }

  /** Returns the stored log-probs, storing the current ones first where there are none. */
  float[] getOrStore(int position, int rollout, float[] current) {
    return byRollout.computeIfAbsent(key(position, rollout), ignored -> current.clone());
  }
}
