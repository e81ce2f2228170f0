package rft.policy;

/**
 * Random numbers addressed by a key instead of drawn from a state, so that any draw can be replayed
 * on its own.
 *
 * <p>Each key part is absorbed by the finalizer of SplitMix64; nothing is stored between draws.
 *
 * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea, Flood: Fast splittable
 *     pseudorandom number generators</a>
 */
public final class CounterRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private CounterRandom() {}

  /** What a draw is for; the first part of every key, so that two uses never share a number. */
  public enum Purpose {
    SAMPLE(1),
    EVALUATE(2),
    ORDER(3),
    INITIALISE(4),
    REWARD(5),
    PRETRAIN(6);

    private final int code;

    Purpose(int code) {
      this.code = code;
    }
  }

  /** Returns a uniform 64-bit number for this key. */
  public static long bits(long seed, Purpose purpose, long... key) {
    long state = mix(seed + GOLDEN_GAMMA);
    state = mix(state + GOLDEN_GAMMA * purpose.code);
    for (long part : key) {
      state = mix((state ^ part) + GOLDEN_GAMMA);
    }
    return state;
  }

  /** Returns a uniform number in [0, 1) with 53 random bits for this key. */
  public static double uniform(long seed, Purpose purpose, long... key) {
    return (bits(seed, purpose, key) >>> 11) * 0x1.0p-53;
  }

  /** Returns a standard normal number for this key, by Box and Muller. */
  public static double normal(long seed, Purpose purpose, long... key) {
    long state = bits(seed, purpose, key);
    double u = ((state >>> 11) + 1) * 0x1.0p-53;
    double v = (mix(state + GOLDEN_GAMMA) >>> 11) * 0x1.0p-53;
    return Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
  }

  /** Returns a permutation of 0..n-1 for this key. */
  public static int[] permutation(int n, long seed, Purpose purpose, long... key) {
    int[] order = new int[n];
    long state = bits(seed, purpose, key);
    for (int i = 0; i < n; i++) {
      state = mix(state + GOLDEN_GAMMA);
      int j = (int) Math.floorMod(state, (long) i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Returns the SplitMix64 finalizer of a state: a bijection of the 64-bit numbers. */
  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
