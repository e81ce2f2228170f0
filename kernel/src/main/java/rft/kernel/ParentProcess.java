package rft.kernel;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The front-end that started the kernel. */
final class ParentProcess {
  /** The variable in which Jupyter tells its process id. */
  private static final String VARIABLE = "JPY_PARENT_PID";

  private ParentProcess() {}

  /** Calls this when the process that started the kernel is gone, so that no kernel outlives it. */
  static void whenEnded(Map<String, String> environment, Runnable end) {
    long id;
    try {
      id = Long.parseLong(environment.getOrDefault(VARIABLE, ""));
    } catch (NumberFormatException e) {
      return;
    }
    CompletableFuture<?> unused =
        ProcessHandle.of(id)
            .map(ProcessHandle::onExit)
            .orElseGet(CompletableFuture::new)
            .thenRun(end);
  }
}
