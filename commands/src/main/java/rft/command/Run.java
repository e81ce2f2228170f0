package rft.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import rft.dataset.Dataset;
import rft.reward.RewardUnit;
import rft.run.CheckpointStore;
import rft.run.NoSuchRunException;
import rft.run.Point;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunReader;
import rft.run.RunStatus;
import rft.run.StoredRollout;

/**
 * A stored run, which may still be training; every call reads it anew.
 *
 * @param id the run's id
 */
public record Run(String id) {
  public Run {
    if (!RunFolder.isId(id)) {
      throw new IllegalArgumentException("id (" + id + ") is no run id");
    }
  }

  /**
   * Returns the run that an option's value names.
   *
   * @param nameOrId a named object, or a run's id
   * @throws CommandException if there is an object of this name, but no run
   * @throws NoSuchRunException if there is neither, naming the nearest run
   */
  public static Run named(String nameOrId) throws IOException {
    Optional<Run> named = Workspace.current().get(nameOrId, Run.class);
    if (named.isPresent()) {
      return named.get();
    }
    try {
      return new Run(RunHome.standard().open(nameOrId).id());
    } catch (NoSuchRunException e) {
      CommandException wrong = Workspace.current().wrongType(nameOrId, "run", Run.class);
      throw wrong == null ? e : wrong;
    }
  }

  /** Returns where it lies. */
  public RunFolder folder() throws IOException {
    return RunHome.standard().open(id);
  }

  /** Returns its metrics, events and rollouts; the caller closes the reader. */
  public RunReader reader() throws IOException {
    return RunReader.open(folder());
  }

  /** Returns what it is: its options, dataset, reward and model. */
  public RunHeader header() throws IOException {
    try (RunReader reader = reader()) {
      return reader.header();
    }
  }

  /** Returns where it stands. */
  public RunStatus status() throws IOException {
    try (RunReader reader = reader()) {
      return reader.status();
    }
  }

  /** Returns every series of numbers, by the keys of {@link rft.run.Metric}. */
  public Map<String, List<Point>> metrics() throws IOException {
    try (RunReader reader = reader()) {
      Map<String, List<Point>> metrics = new TreeMap<>();
      for (String key : reader.series()) {
        metrics.put(key, reader.metric(key));
      }
      return metrics;
    }
  }

  /** Returns the rollouts of a step, in the order they were sampled; none for a step without. */
  public List<StoredRollout> rollouts(int step) throws IOException {
    try (RunReader reader = reader()) {
      return reader.rollouts(step);
    }
  }

  /** Returns the dataset it learns from, as its file is now. */
  public Dataset dataset() throws IOException {
    return Installation.current().dataset(header().options().inputs().dataset());
  }

  /** Returns the reward it began with. */
  public RewardUnit reward() throws IOException {
    return RewardUnit.readJar(folder().rewardJar());
  }

  /**
   * Returns the folder of its best checkpoint by validation, else of the last: a PEFT adapter, or a
   * whole model after full tuning, for other tools to load.
   */
  public Path checkpoint() throws IOException {
    CheckpointStore checkpoints = new CheckpointStore(folder());
    int step = checkpoints.best().orElse(checkpoints.latest().orElse(-1));
    if (step < 0) {
      throw new CommandException(
          ExitCode.NOT_FOUND, "run " + id + " has no checkpoint yet: train it for a step first");
    }
    return checkpoints.folder(step);
  }

  /** Returns what it made: its best checkpoint by validation, else the last. */
  public Model model() throws IOException {
    return base().withRun(id);
  }

  /** Returns the checkpoint of one step. */
  public Model model(int step) throws IOException {
    return base().withRun(id + "@" + step);
  }

  private Model base() throws IOException {
    RunHeader header = header();
    var inputs = header.options().inputs();
    Path folder = Installation.current().baseOf(header);
    return Model.of(folder).on(Placement.of(inputs));
  }
}
