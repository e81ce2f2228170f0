package rft.serving;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.policy.Policy;
import rft.policy.Variant;

/**
 * The weights in memory: the base model, and the few others that were asked for last. What is in
 * use stays.
 */
final class VariantShelf implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 60_000;

  private final Policy policy;
  private final int most;
  private final Map<Weights, Entry> entries = new LinkedHashMap<>(16, 0.75f, true); // by last use
  private final Object loading = new Object();

  /**
   * @param most how many beside the base model
   */
  VariantShelf(Policy policy, int most) {
    this.policy = policy;
    this.most = most;
  }

  /** Weights in memory and how many use them. */
  private static final class Entry {
    private final Variant variant;
    private int users;

    Entry(Variant variant) {
      this.variant = variant;
    }
  }

  /** Leave to use weights, until closed. */
  final class Lease implements AutoCloseable {
    private final Entry entry;

    private Lease(Entry entry) {
      this.entry = entry;
      entry.users++;
    }

    Variant variant() {
      return entry.variant;
    }

    @Override
    public void close() {
      synchronized (entries) {
        entry.users--;
        entries.notifyAll();
      }
    }
  }

  /**
   * Returns weights, loaded where they are not in memory.
   *
   * @throws IllegalArgumentException if they do not fit, or are damaged
   * @throws ApiException if all places are in use for a minute
   */
  Lease lease(Weights weights) throws IOException, InterruptedException {
    Lease found = find(weights);
    if (found != null) {
      return found;
    }
    synchronized (loading) {
      Lease meanwhile = find(weights);
      if (meanwhile != null) {
        return meanwhile;
      }
      if (!weights.equals(Weights.BASE)) {
        makeRoom();
      }
      Variant loaded = weights.load(policy);
      synchronized (entries) {
        Entry entry = new Entry(loaded);
        entries.put(weights, entry);
        return new Lease(entry);
      }
    }
  }

  private @Nullable Lease find(Weights weights) {
    synchronized (entries) {
      Entry entry = entries.get(weights);
      return entry == null ? null : new Lease(entry);
    }
  }

  private void makeRoom() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    synchronized (entries) {
      while (tuned() >= most && !dropOldest()) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
          throw ApiException.busy("%d adapters are in use, no more fit".formatted(most), 5);
        }
        entries.wait(millis);
      }
    }
  }

  private long tuned() {
    return entries.keySet().stream().filter(weights -> !weights.equals(Weights.BASE)).count();
  }

  private boolean dropOldest() {
    for (Iterator<Map.Entry<Weights, Entry>> all = entries.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Weights, Entry> oldest = all.next();
      if (oldest.getValue().users == 0 && !oldest.getKey().equals(Weights.BASE)) {
        oldest.getValue().variant.close();
        all.remove();
        return true;
      }
    }
    return false;
  }

  /** Returns which weights are in memory. */
  java.util.Set<Weights> loaded() {
    synchronized (entries) {
      return java.util.Set.copyOf(entries.keySet());
    }
  }

  /** Frees all; nobody may use any. */
  @Override
  public void close() {
    synchronized (entries) {
      entries.values().forEach(entry -> entry.variant.close());
      entries.clear();
    }
  }
}
