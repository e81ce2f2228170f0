package rft.notebook;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.command.CommandException;
import rft.command.Progress;
import rft.command.WorkbenchProcess;
import rft.run.RunHome;

/**
 * The workbench beside JupyterLab: the one that runs already, or one that ends with JupyterLab.
 * JupyterLab comes up without it, too.
 */
final class LabWorkbench implements AutoCloseable {
  private final @Nullable WorkbenchProcess workbench;
  private final boolean fresh;

  private LabWorkbench(@Nullable WorkbenchProcess workbench, boolean fresh) {
    this.workbench = workbench;
    this.fresh = fresh;
  }

  static LabWorkbench of(RunHome home, Progress progress) throws InterruptedException {
    try {
      Optional<WorkbenchProcess> there = WorkbenchProcess.running(home);
      return there.isPresent()
          ? new LabWorkbench(there.get(), false)
          : new LabWorkbench(
              WorkbenchProcess.require(home, List.of(), progress::stopRequested), true);
    } catch (IOException | CommandException e) {
      progress.say("There is no workbench beside it: " + e.getMessage());
      return new LabWorkbench(null, false);
    }
  }

  void say(Progress progress) throws IOException, InterruptedException {
    if (workbench != null) {
      progress.say("Workbench: " + workbench.link("/"));
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (workbench != null && fresh) {
        workbench.stop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
