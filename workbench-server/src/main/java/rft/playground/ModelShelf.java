package rft.playground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Installation;
import rft.command.ModelLicence;
import rft.dataset.NearestName;
import rft.run.CheckpointStore;
import rft.run.Metric;
import rft.run.Point;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunReader;

/** Every model there is: those that come with the product, the user's own, and what runs made. */
final class ModelShelf {
  private final RunHome home;
  private final Installation installation;

  ModelShelf(RunHome home, Installation installation) {
    this.home = home;
    this.installation = installation;
  }

  /**
   * Every model.
   *
   * @param bases by name
   * @param tuned newest run first
   */
  record Models(List<Base> bases, List<Tuned> tuned) {}

  /**
   * A base model.
   *
   * @param name of its folder
   * @param origin {@code bundled}, {@code home}, or {@code run} where only a run knows it
   */
  record Base(String name, String origin) {}

  /**
   * What a run made.
   *
   * @param run the run's id
   * @param name what the user called the run
   * @param base name of its base model
   * @param status where the run stands
   * @param reward what it learned from
   * @param dataset file name of the dataset
   * @param full whether every weight was trained
   * @param maxNewTokens longest completion in the training
   * @param best step of the best checkpoint by validation; null if none was measured
   * @param checkpoints ascending by step
   */
  record Tuned(
      String run,
      String name,
      String base,
      String status,
      String reward,
      String dataset,
      boolean full,
      int maxNewTokens,
      @Nullable Integer best,
      List<Checkpoint> checkpoints) {}

  /**
   * A checkpoint.
   *
   * @param step of the run
   * @param validation share of right validation answers at this step; null if not measured
   * @param bytes on the disk
   */
  record Checkpoint(int step, @Nullable Double validation, long bytes) {}

  /**
   * A model that can be asked.
   *
   * @param folder of the base model, whose process answers
   * @param id what the process calls it
   * @param label what a person calls it
   */
  record Servable(Path folder, String id, String label) {}

  Models list() throws IOException {
    List<Tuned> tuned = new ArrayList<>();
    Map<String, Base> bases = new LinkedHashMap<>();
    folders().forEach((name, base) -> bases.put(name, new Base(name, base.origin())));
    for (String id : home.ids()) {
      try (RunReader reader = RunReader.open(home.open(id))) {
        Tuned one = tuned(reader);
        bases.putIfAbsent(one.base(), new Base(one.base(), "run"));
        if (!one.checkpoints().isEmpty()) {
          tuned.add(one);
        }
      } catch (IOException | RuntimeException e) {
        // A damaged run is the run list's to tell.
      }
    }
    return new Models(List.copyOf(bases.values()), tuned);
  }

  Tuned tuned(RunReader reader) throws IOException {
    RunHeader header = reader.header();
    Map<Integer, Double> validation = new LinkedHashMap<>();
    for (Point point : reader.metric(Metric.VALIDATION_ACCURACY.key())) {
      validation.put(point.step(), point.value());
    }
    CheckpointStore store = reader.checkpoints();
    List<Checkpoint> checkpoints = new ArrayList<>();
    for (int step : store.steps()) {
      checkpoints.add(new Checkpoint(step, validation.get(step), store.sizeBytes(step)));
    }
    return new Tuned(
        header.id(),
        header.name(),
        nameOf(Path.of(header.model().path())),
        reader.status().jsonName(),
        header.reward().name(),
        nameOf(Path.of(header.options().inputs().dataset())),
        header.options().adapter().full(),
        header.options().sampling().maxNewTokens(),
        store.best().isPresent() ? (Integer) store.best().getAsInt() : null,
        checkpoints);
  }

  /** Returns the licence of the base model of a run, as far as its folder states it. */
  Optional<String> licence(RunHeader run) throws IOException {
    return ModelLicence.of(installation.baseOf(run));
  }

  /**
   * Returns the model that was chosen.
   *
   * @throws CommandException if there is none, naming the nearest
   */
  Servable require(ModelChoice choice) throws IOException {
    String base = choice.base();
    if (base != null) {
      return new Servable(folderOf(base), "base", base);
    }
    String id = Objects.requireNonNull(choice.run());
    RunFolder folder = home.open(id);
    Integer step = choice.step();
    CheckpointStore checkpoints = new CheckpointStore(folder);
    if (step != null ? !checkpoints.steps().contains(step) : checkpoints.steps().isEmpty()) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          step == null
              ? "run " + id + " has no checkpoint yet"
              : "run "
                  + id
                  + " has no checkpoint of step "
                  + step
                  + ", only of "
                  + checkpoints.steps());
    }
    Path model = modelOf(folder);
    return new Servable(
        model, servedId(nameOf(model), id, step), step == null ? id : id + "@" + step);
  }

  /** Returns the id under which the process of a base model serves what a run made of it. */
  static String servedId(String base, String run, @Nullable Integer step) {
    return "ft:" + base + ":" + run + (step == null ? "" : ":ckpt-step-" + step);
  }

  private Path folderOf(String name) throws IOException {
    Map<String, Found> all = folders();
    Found found = all.get(name);
    if (found != null) {
      return found.folder();
    }
    for (String id : home.ids()) {
      try {
        Path path = modelOf(home.open(id));
        if (nameOf(path).equals(name)) {
          return path;
        }
      } catch (IOException | RuntimeException e) {
        // A damaged run is the run list's to tell.
      }
    }
    throw new CommandException(
        ExitCode.NOT_FOUND,
        "there is no base model " + name + NearestName.hint(name, List.copyOf(all.keySet())));
  }

  private static Path modelOf(RunFolder run) throws IOException {
    try (RunReader reader = RunReader.open(run)) {
      return Path.of(reader.header().model().path());
    }
  }

  private record Found(Path folder, String origin) {}

  private Map<String, Found> folders() throws IOException {
    Map<String, Found> found = new LinkedHashMap<>();
    Path bundled = installation.root().resolve("models");
    for (String name : installation.bundledModels()) {
      addIfModel(found, bundled.resolve(name), "bundled");
    }
    Path own = home.root().resolve("models");
    if (Files.isDirectory(own)) {
      try (Stream<Path> entries = Files.list(own)) {
        for (Path entry : entries.sorted().toList()) {
          addIfModel(found, entry, "home");
        }
      }
    }
    return found;
  }

  private static void addIfModel(Map<String, Found> found, Path folder, String origin) {
    if (Files.isRegularFile(folder.resolve("config.json"))) {
      found.putIfAbsent(nameOf(folder), new Found(folder, origin));
    }
  }

  static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }
}
