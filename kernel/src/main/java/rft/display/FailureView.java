package rft.display;

import java.util.HashSet;
import java.util.Set;

/** Shows a throwable: what it says and what caused it, with the stack folded away. */
final class FailureView {
  private static final int MOST_FRAMES = 50;
  private static final int MOST_CAUSES = 10;

  private FailureView() {}

  static Shown of(Throwable failure) {
    Page page = new Page();
    StringBuilder stack = new StringBuilder();
    Set<Throwable> seen = new HashSet<>();
    String lead = "";
    for (Throwable each = failure;
        each != null && seen.size() < MOST_CAUSES && seen.add(each);
        each = each.getCause()) {
      page.trouble(lead + Brief.problem(each));
      lead = "caused by ";
      StackTraceElement[] frames = each.getStackTrace();
      stack.append(each.getClass().getName()).append('\n');
      for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
        stack.append("    at ").append(frames[i]).append('\n');
      }
      if (frames.length > MOST_FRAMES) {
        stack.append("    .. and ").append(frames.length - MOST_FRAMES).append(" more\n");
      }
    }
    return page.folded("Stack", new Page().block(stack.toString()).shown()).shown();
  }
}
