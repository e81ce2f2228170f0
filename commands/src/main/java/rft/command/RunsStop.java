package rft.command;

import picocli.CommandLine.Command;
import rft.run.RunControl;

/** Ask a run to save a checkpoint and end; it can be resumed. */
@Command(
    name = "runs stop",
    description = "Ask a run to save a checkpoint and end; it can be resumed.",
    footer = "  rft runs stop addition-20261124-213012-3f2a")
public final class RunsStop extends RunsControl {
  /** For picocli, which sets the options. */
  public RunsStop() {
    super(RunControl.Command.STOP);
  }
}
