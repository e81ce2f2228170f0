package rft.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One process, told apart from a later one with the same number.
 *
 * @param pid its number
 * @param start when it started, in a form that only equality is asked of
 */
record ProcessIdentity(long pid, String start) {
  private static final Path PROC = Path.of("/proc");
  private static final Path BOOT = PROC.resolve("sys/kernel/random/boot_id");
  // Fields of /proc/PID/stat counted after the name in parentheses, see man 5 proc.
  private static final int STATE = 0;
  private static final int START_TICKS = 19;

  /** Returns this process. */
  static ProcessIdentity current() {
    long pid = ProcessHandle.current().pid();
    String start = startOf(pid);
    return new ProcessIdentity(pid, start == null ? "unknown" : start);
  }

  /** Returns the process that has this number now; one that is gone already is never alive. */
  static ProcessIdentity of(long pid) {
    String start = startOf(pid);
    return new ProcessIdentity(pid, start == null ? "gone" : start);
  }

  /** Returns true while exactly this process runs. */
  boolean isAlive() {
    return start.equals(startOf(pid));
  }

  /** Returns the start of the process that has this number now, or null when there is none. */
  private static @Nullable String startOf(long pid) {
    if (Files.isReadable(BOOT)) {
      return startOnLinux(pid);
    }
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().startInstant())
        .map(Object::toString)
        .orElse(null);
  }

  // ProcessHandle adds the boot time to the ticks, and that time moves when the clock is set.
  private static @Nullable String startOnLinux(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      String afterName = stat.substring(stat.lastIndexOf(')') + 2);
      List<String> fields = List.of(afterName.split(" "));
      boolean dead = "ZX".contains(fields.get(STATE));
      return dead ? null : Files.readString(BOOT).strip() + "/" + fields.get(START_TICKS);
    } catch (IOException | IndexOutOfBoundsException e) {
      return null;
    }
  }
}
