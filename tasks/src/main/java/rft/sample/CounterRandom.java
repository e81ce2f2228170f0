package rft.sample;

import java.util.List;

/**
 * A short stream of random numbers that belongs to a key, so that any sample can be made again on
 * its own.
 *
 * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea, Flood: Fast splittable
 *     pseudorandom number generators</a>, SplitMix64
 */
final class CounterRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** What a stream is for; part of its key, so that two uses never share a number. */
  enum Purpose {
    /** The content and wording of a dataset's row. */
    DATASET,
    /** The content and wording of a demonstration. */
    CORPUS,
    /** Which style the teacher answers in. */
    STYLE,
    /** Which task a demonstration is of. */
    MIXTURE
  }

  private long state;

  CounterRandom(long seed, Purpose purpose, long... key) {
    state = mix(seed + GOLDEN_GAMMA);
    // By name, so that a new purpose changes no number that exists.
    state = mix((state ^ purpose.name().hashCode()) + GOLDEN_GAMMA);
    for (long part : key) {
      state = mix((state ^ part) + GOLDEN_GAMMA);
    }
  }

  /** Returns a number from 0 to bound - 1. */
  int below(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound (" + bound + ") must be at least 1");
    }
    return (int) (((bits() >>> 32) * bound) >>> 32);
  }

  /** Returns a number from the lowest to the highest, both included. */
  int between(int lowest, int highest) {
    return lowest + below(highest - lowest + 1);
  }

  /** Returns true in so many of a hundred draws. */
  boolean percent(int share) {
    return below(100) < share;
  }

  /** Returns one element. */
  <T> T pick(List<T> elements) {
    return elements.get(below(elements.size()));
  }

  private long bits() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
