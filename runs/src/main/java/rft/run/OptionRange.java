package rft.run;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a number among the options of a run may be.
 *
 * @param name what the check calls it, for example {@code learningRate}
 * @param low the lower end
 * @param lowIncluded whether the lower end itself is allowed
 * @param high the upper end, which is allowed; null for none
 * @param why the range is as it is, or what its end means
 */
public record OptionRange(
    String name, double low, boolean lowIncluded, @Nullable Double high, String why) {
  private static final ThreadLocal<@Nullable List<OptionRange>> WATCHER = new ThreadLocal<>();

  /**
   * Returns the ranges that are checked while options are made, in the order checked.
   *
   * @param making makes options, with values that pass
   */
  public static List<OptionRange> checkedBy(Runnable making) {
    List<OptionRange> seen = new ArrayList<>();
    WATCHER.set(seen);
    try {
      making.run();
      return List.copyOf(seen);
    } finally {
      WATCHER.remove();
    }
  }

  static void saw(String name, double low, boolean lowIncluded, @Nullable Double high, String why) {
    List<OptionRange> watcher = WATCHER.get();
    if (watcher != null) {
      watcher.add(new OptionRange(name, low, lowIncluded, high, why));
    }
  }
}
