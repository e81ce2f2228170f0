package rft.command;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Goes on with a run from its last checkpoint, in this process. */
@Command(
    name = "runs resume",
    description = "Go on with a run from its last checkpoint.",
    footer = "  rft runs resume addition-20261124-213012-3f2a")
public final class RunsResume implements Verb<Train.Report> {
  @Parameters(
      arity = "1",
      paramLabel = "RUN",
      completionCandidates = Names.Runs.class,
      description = "The run's id (rft runs list).")
  private String id = "";

  /** For picocli, which sets the options. */
  public RunsResume() {}

  @Override
  public Train.Report run(Progress progress) throws IOException {
    TrainedRun run = new TrainingSession(Installation.current(), progress).resume(id);
    return new Train.Report(List.of(run), null);
  }

  @Override
  public String stopping() {
    return TrainingSession.STOPPING;
  }
}
