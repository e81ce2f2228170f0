package rft.command;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import rft.run.Metric;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunStatus;
import rft.run.RunSummary;

/** Lists every run, newest first. */
@Command(
    name = "runs list",
    description = "List the runs, newest first.",
    footer = "  rft runs list")
public final class RunsList implements Verb<RunsList.Runs> {
  /** For picocli, which sets the options. */
  public RunsList() {}

  /**
   * The runs.
   *
   * @param home the folder they lie in
   * @param runs newest first
   */
  public record Runs(String home, List<Row> runs) implements Result {
    public Runs {
      runs = List.copyOf(runs);
    }
  }

  /**
   * One run.
   *
   * @param id the run
   * @param created when it began
   * @param status where it stands
   * @param method how it trains; null if the run is damaged
   * @param step last whole step
   * @param steps steps it was asked for; 0 if the run is damaged
   * @param reward mean reward of the last step; null if there is none
   * @param validation last validation accuracy; null if there is none
   * @param problem what is damaged; null if nothing is
   */
  public record Row(
      String id,
      Instant created,
      RunStatus status,
      @Nullable String method,
      int step,
      int steps,
      @Nullable Double reward,
      @Nullable Double validation,
      @Nullable String problem) {}

  @Override
  public Runs run(Progress progress) throws IOException {
    RunHome home = RunHome.standard();
    return new Runs(home.root().toString(), home.list().stream().map(RunsList::row).toList());
  }

  private static Row row(RunSummary run) {
    RunHeader header = run.header();
    Map<String, Double> metrics = run.lastMetrics();
    return new Row(
        run.id(),
        run.created(),
        run.status(),
        header == null ? null : header.options().method().jsonName(),
        run.lastStep(),
        header == null ? 0 : header.options().loop().steps(),
        metrics.get(Metric.REWARD_MEAN.key()),
        metrics.get(Metric.VALIDATION_ACCURACY.key()),
        run.problem());
  }
}
