package rft.prompt;

import java.util.Arrays;

/** A sequence of token ids. Immutable, and equal to every sequence of the same ids. */
public final class Tokens {
  private static final Tokens NONE = new Tokens(new int[0]);

  private final int[] ids;

  private Tokens(int[] ids) {
    this.ids = ids;
  }

  /**
   * Returns these ids as tokens; the array is copied.
   *
   * @throws IllegalArgumentException if an id is negative
   */
  public static Tokens of(int... ids) {
    if (ids.length == 0) {
      return NONE;
    }
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0) {
        throw new IllegalArgumentException(
            "token " + i + " has the id " + ids[i] + ": ids count from 0");
      }
    }
    return new Tokens(ids.clone());
  }

  /** Returns a copy of the ids. */
  public int[] toArray() {
    return ids.clone();
  }

  /** Returns the number of tokens. */
  public int length() {
    return ids.length;
  }

  /**
   * Returns the id at a position, counted from 0.
   *
   * @throws IndexOutOfBoundsException if there is no such position
   */
  public int at(int position) {
    return ids[position];
  }

  /** Returns these tokens followed by others. */
  public Tokens concat(Tokens next) {
    if (ids.length == 0 || next.ids.length == 0) {
      return ids.length == 0 ? next : this;
    }
    int[] joined = Arrays.copyOf(ids, ids.length + next.ids.length);
    System.arraycopy(next.ids, 0, joined, ids.length, next.ids.length);
    return new Tokens(joined);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tokens tokens && Arrays.equals(ids, tokens.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return Arrays.toString(ids);
  }
}
