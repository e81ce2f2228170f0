package rft.prompt;

/** One distinct piece of the training texts: how often it occurs, and its tokens so far. */
final class Word {
  final long count;
  private int[] symbols;
  private int length;

  /**
   * Makes a word.
   *
   * @param symbols its tokens; kept and changed
   */
  Word(long count, int[] symbols) {
    this.count = count;
    this.symbols = symbols;
    this.length = symbols.length;
  }

  int pairs() {
    return Math.max(0, length - 1);
  }

  /** Returns the pair of tokens that begins at a position, see {@link #pair(int, int)}. */
  long pairAt(int position) {
    return pair(symbols[position], symbols[position + 1]);
  }

  /** Returns two token ids as one number, ordered by the first and then by the second. */
  static long pair(int left, int right) {
    return ((long) left << 32) | right;
  }

  static int left(long pair) {
    return (int) (pair >>> 32);
  }

  static int right(long pair) {
    return (int) pair;
  }

  /** Replaces every occurrence of a pair by one token, from left to right. */
  void merge(long pair, int merged) {
    int kept = 0;
    for (int i = 0; i < length; i++) {
      if (i + 1 < length && pairAt(i) == pair) {
        symbols[kept++] = merged;
        i++;
      } else {
        symbols[kept++] = symbols[i];
      }
    }
    length = kept;
  }
}
