package rft.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.run.Point;
import rft.run.RunEvent;
import rft.run.RunHeader;
import rft.run.RunReader;
import rft.run.RunStatus;
import rft.run.StoredRollout;

/** Shows one run: its options, metrics and events, and the rollouts of a step. */
@Command(
    name = "runs show",
    description = "Show a run, or the rollouts of one of its steps.",
    footer = "  rft runs show addition-20261124-213012-3f2a --step 20")
public final class RunsShow implements Verb<RunsShow.Page> {
  @Parameters(
      arity = "1",
      paramLabel = "RUN",
      completionCandidates = Names.Runs.class,
      description = "The run's id (rft runs list).")
  private String id = "";

  @Option(names = "--step", paramLabel = "N", description = "Show the rollouts of this step.")
  private @Nullable Integer step;

  @Option(
      names = "--failures",
      description = "Show rollouts whose reward failed, of --step or of every step.")
  private boolean failures;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Rollouts to show at most (default ${DEFAULT-VALUE}).")
  private int limit = 16;

  /** For picocli, which sets the options. */
  public RunsShow() {}

  /**
   * A run.
   *
   * @param status where it stands
   * @param lastStep last whole step
   * @param header what it is
   * @param metrics every series, by key
   * @param events in the order they happened
   * @param checkpoints steps that can be resumed or forked from
   * @param bestCheckpoint the best by validation; null if there is none
   * @param failed rollouts whose reward failed, by kind
   * @param rollouts of the step asked for, in order, or those that failed; empty if none was
   */
  public record Page(
      RunStatus status,
      int lastStep,
      RunHeader header,
      Map<String, List<Point>> metrics,
      List<RunEvent> events,
      List<Integer> checkpoints,
      @Nullable Integer bestCheckpoint,
      Map<String, Integer> failed,
      List<StoredRollout> rollouts)
      implements Result {
    public Page {
      metrics = new TreeMap<>(metrics);
      events = List.copyOf(events);
      checkpoints = List.copyOf(checkpoints);
      failed = new TreeMap<>(failed);
      rollouts = List.copyOf(rollouts);
    }

    @Override
    public Object named() {
      return new Run(header.id());
    }
  }

  @Override
  public Page run(Progress progress) throws IOException {
    try (RunReader reader = Run.named(id).reader()) {
      Map<String, List<Point>> metrics = new TreeMap<>();
      for (String key : reader.series()) {
        metrics.put(key, reader.metric(key));
      }
      var best = reader.checkpoints().best();
      return new Page(
          reader.status(),
          reader.lastStep(),
          reader.header(),
          metrics,
          reader.events(),
          reader.checkpoints().steps(),
          best.isPresent() ? best.getAsInt() : null,
          FailedRollouts.byKind(reader),
          failures ? FailedRollouts.of(reader, step, limit) : rollouts(reader));
    }
  }

  private List<StoredRollout> rollouts(RunReader reader) throws IOException {
    if (step == null) {
      return List.of();
    }
    if (!reader.rolloutSteps().contains(step)) {
      List<Integer> steps = reader.rolloutSteps();
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "run "
              + id
              + " has no rollouts of step "
              + step
              + (steps.isEmpty()
                  ? ""
                  : ": it has those of steps "
                      + steps.get(0)
                      + " to "
                      + steps.get(steps.size() - 1)));
    }
    List<StoredRollout> all = new ArrayList<>(reader.rollouts(step));
    return all.subList(0, Math.min(limit, all.size()));
  }
}
