package rft.display;

import org.jspecify.annotations.Nullable;

/** The output of the cell that each thread works for; threads inherit it. */
final class CurrentOutput {
  static final InheritableThreadLocal<@Nullable CellOutput> OF_THREAD =
      new InheritableThreadLocal<>();

  private CurrentOutput() {}
}
