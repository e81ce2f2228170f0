package rft.live;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.run.RunFolder;
import rft.run.RunLock;

/**
 * The live process that trains a run.
 *
 * @param pid its number
 * @param kind {@code notebook}, a verb such as {@code train} or {@code quickstart}, or {@code
 *     process} where its command line cannot be seen
 */
record Owner(long pid, String kind) {
  private static final String MAIN = "rft.cli.Main";

  /** Returns who trains a run, or null if nobody does. */
  static @Nullable Owner of(RunFolder folder) throws IOException {
    Optional<Long> pid = RunLock.livePid(folder);
    return pid.isEmpty() ? null : new Owner(pid.get(), kind(pid.get()));
  }

  private static String kind(long pid) {
    List<String> arguments =
        ProcessHandle.of(pid)
            .flatMap(process -> process.info().arguments())
            .map(Arrays::asList)
            .orElse(List.of());
    int verb = arguments.indexOf(MAIN) + 1;
    if (verb == 0 || verb == arguments.size()) {
      return "process";
    }
    String name = arguments.get(verb);
    return name.equals("kernel") ? "notebook" : name.matches("[a-z-]{1,20}") ? name : "process";
  }
}
