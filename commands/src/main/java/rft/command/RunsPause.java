package rft.command;

import picocli.CommandLine.Command;
import rft.run.RunControl;

/** Ask a run to save a checkpoint and end, to be resumed later. */
@Command(
    name = "runs pause",
    description = "Ask a run to save a checkpoint and end, to be resumed later.",
    footer = "  rft runs pause addition-20261124-213012-3f2a")
public final class RunsPause extends RunsControl {
  /** For picocli, which sets the options. */
  public RunsPause() {
    super(RunControl.Command.PAUSE);
  }
}
