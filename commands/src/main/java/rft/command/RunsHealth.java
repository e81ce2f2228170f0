package rft.command;

import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.health.HealthReport;
import rft.run.RunReader;

/** Looks for signs of trouble in a run's numbers. */
@Command(
    name = "runs health",
    description = "Look for signs of trouble in a run, and say what to try.",
    footer = "  rft runs health addition-20261124-213012-3f2a")
public final class RunsHealth implements Verb<RunsHealth.Health> {
  @Parameters(
      arity = "1",
      paramLabel = "RUN",
      completionCandidates = Names.Runs.class,
      description = "The run's id (rft runs list).")
  private String id = "";

  @Option(names = "--all", description = "Also name the rules that found nothing.")
  private boolean all;

  /** For picocli, which sets the options. */
  public RunsHealth() {}

  /**
   * What the rules say.
   *
   * @param report alarms and checks
   * @param all whether the text names the rules that found nothing
   */
  public record Health(HealthReport report, boolean all) implements Result {
    /** Returns {@code DIVERGED} while an alarm says stop. */
    @Override
    public ExitCode exitCode() {
      return report.saysStop() ? ExitCode.DIVERGED : ExitCode.OK;
    }

    @Override
    public Optional<String> text() {
      return Optional.of(HealthText.of(report, all));
    }
  }

  @Override
  public Health run(Progress progress) throws IOException {
    try (RunReader reader = Run.named(id).reader()) {
      return new Health(HealthReport.of(reader), all);
    }
  }
}
