package rft.run;

import java.time.Instant;
import java.util.List;

/**
 * What a child's folder says of it, so that any later process finds it.
 *
 * @param arguments of {@code rft}
 * @param pid its number
 * @param start when it started, in a form that only equality is asked of
 * @param keeperPid number of the shell that waits for its end; its own where there is none
 * @param keeperStart when that started
 * @param since when it was started
 */
record ChildNote(
    List<String> arguments,
    long pid,
    String start,
    long keeperPid,
    String keeperStart,
    Instant since) {
  ChildNote {
    arguments = List.copyOf(arguments);
  }

  static ChildNote of(List<String> arguments, ProcessIdentity child, ProcessIdentity keeper) {
    return new ChildNote(
        arguments, child.pid(), child.start(), keeper.pid(), keeper.start(), Instant.now());
  }

  ProcessIdentity child() {
    return new ProcessIdentity(pid, start);
  }

  ProcessIdentity keeper() {
    return new ProcessIdentity(keeperPid, keeperStart);
  }
}
