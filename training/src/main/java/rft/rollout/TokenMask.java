package rft.rollout;

import java.util.BitSet;

/** Which tokens of a rollout the policy produced itself and is trained on. */
public final class TokenMask {
  private final BitSet trained;
  private final int length;

  private TokenMask(BitSet trained, int length) {
    this.trained = trained;
    this.length = length;
  }

  /** Returns the mask of a single-turn rollout: every token trains. */
  public static TokenMask all(int length) {
    BitSet trained = new BitSet(length);
    trained.set(0, length);
    return new TokenMask(trained, length);
  }

  /** Returns the mask with these values. */
  public static TokenMask of(boolean... trains) {
    BitSet trained = new BitSet(trains.length);
    for (int i = 0; i < trains.length; i++) {
      trained.set(i, trains[i]);
    }
    return new TokenMask(trained, trains.length);
  }

  /** Returns whether the token at this position trains. */
  public boolean at(int position) {
    return trained.get(position);
  }

  /** Returns the number of tokens covered. */
  public int length() {
    return length;
  }

  /** Returns the number of tokens that train. */
  public int count() {
    return trained.cardinality();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenMask that && length == that.length && trained.equals(that.trained);
  }

  @Override
  public int hashCode() {
    return trained.hashCode() * 31 + length;
  }
}
