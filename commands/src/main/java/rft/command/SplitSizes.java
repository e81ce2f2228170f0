package rft.command;

import rft.dataset.Split;

/** How many tasks each split has. */
public record SplitSizes(long train, long validation, long test) {
  static final SplitSizes NONE = new SplitSizes(0, 0, 0);

  /** Returns the sizes with one task more in a split. */
  SplitSizes plus(Split split) {
    return new SplitSizes(
        train + (split == Split.TRAIN ? 1 : 0),
        validation + (split == Split.VALIDATION ? 1 : 0),
        test + (split == Split.TEST ? 1 : 0));
  }
}
