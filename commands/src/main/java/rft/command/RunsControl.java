package rft.command;

import java.io.IOException;
import picocli.CommandLine.Parameters;
import rft.run.RunControl;
import rft.run.RunFolder;
import rft.run.RunLock;
import rft.run.RunReader;
import rft.run.RunStatus;

/** What pausing and stopping a run have in common: a request that the run's trainer picks up. */
abstract class RunsControl implements Verb<RunRequest> {
  @Parameters(
      arity = "1",
      paramLabel = "RUN",
      completionCandidates = Names.Runs.class,
      description = "The run's id (rft runs list).")
  private String id = "";

  private final RunControl.Command command;

  RunsControl(RunControl.Command command) {
    this.command = command;
  }

  @Override
  public RunRequest run(Progress progress) throws IOException {
    RunFolder folder = Run.named(id).folder();
    requireTrainer(folder);
    new RunControl(folder).request(command);
    return new RunRequest(folder.id(), command);
  }

  /**
   * @throws CommandException if no trainer works on the run
   */
  static void requireTrainer(RunFolder folder) throws IOException {
    try (RunReader reader = RunReader.open(folder)) {
      RunStatus status = reader.status();
      // A trainer that goes on with a run holds its lock before it writes so.
      if (status != RunStatus.RUNNING && RunLock.livePid(folder).isEmpty()) {
        throw new CommandException(
            ExitCode.FAILED,
            "run " + folder.id() + " is " + status.jsonName() + ": no trainer works on it");
      }
    }
  }
}
