package rft.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import rft.dataset.Dataset;
import rft.dataset.DatasetReader;
import rft.dataset.NearestName;
import rft.policy.Precision;
import rft.pull.ModelStore;
import rft.reward.RewardUnit;
import rft.rollout.LoadedModel;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.template.RewardTemplates;

/**
 * What comes with the product: bundled models, sample datasets and ready rewards, each found by
 * name where it is not given as a path.
 *
 * @param root the folder that holds {@code models/} and {@code datasets/}
 */
public record Installation(Path root) {
  /** The model that ships with the product. */
  public static final String TINY_MODEL = "tiny-chat";

  private static final String DATASET = ".jsonl";
  private static final int MOST_LISTED = 8;

  /**
   * Returns the installation this process was started from: the system property {@code rft.root}.
   */
  public static Installation current() {
    return new Installation(Path.of(System.getProperty("rft.root", "")).toAbsolutePath());
  }

  /**
   * Returns the folder of a model.
   *
   * @param nameOrFolder a base model's name, a folder with config.json, or a GGUF file
   * @throws CommandException if there is none of these, naming the nearest bundled model
   */
  public Path model(String nameOrFolder) throws IOException {
    Model model = modelNamed(nameOrFolder);
    if (model.tuned().isPresent()) {
      throw new CommandException(
          ExitCode.USAGE,
          "--model ("
              + nameOrFolder
              + ") must be a base model here, it has "
              + model.tuned().get()
              + " switched on; to train a run's checkpoint further give --fork RUN@STEP");
    }
    return model.folder();
  }

  /**
   * Returns a model, not yet in memory.
   *
   * @param name a named object, a base model's name, a folder with config.json, a GGUF file, or
   *     {@code RUN[@STEP]} for what a run made
   * @throws CommandException if there is none of these, naming the nearest bundled model
   */
  Model modelNamed(String name) throws IOException {
    Optional<Model> named = Workspace.current().get(name, Model.class);
    if (named.isPresent()) {
      return named.get();
    }
    Path folder = path(name);
    if (Files.isDirectory(folder)) {
      return Model.of(folder);
    }
    if (GgufModels.isOne(folder)) {
      return Model.of(new GgufModels(ModelStore.standard()).folder(folder));
    }
    Optional<Path> base = models().find(name);
    if (base.isPresent()) {
      return Model.of(base.get());
    }
    Optional<RunCheckpoint> run = RunCheckpoint.find(name);
    if (run.isPresent()) {
      return run.get().model();
    }
    CommandException known = ModelNames.refusal(name);
    throw known != null
        ? known
        : missing(
            "model",
            name,
            Model.class,
            ModelNames.names(this),
            "the path of a folder with config.json or of a .gguf file");
  }

  /** Returns the base models that have names. */
  ModelNames models() {
    return new ModelNames(root.resolve("models"), ModelStore.standard());
  }

  /**
   * Returns the folder of the base model that a run names: as it stands in the run, or a bundled
   * one where it is a name only, as in runs that were recorded on another machine. The folder need
   * not exist any more.
   */
  public Path baseOf(RunHeader run) {
    String model = run.options().inputs().model();
    Path bundled = root.resolve("models").resolve(model).normalize();
    return isName(model) && !Files.isDirectory(path(model)) && Files.isDirectory(bundled)
        ? bundled
        : path(model);
  }

  /**
   * Returns a model, ready to use; the caller closes it.
   *
   * @throws CommandException if the folder holds no sound model
   */
  LoadedModel open(Path folder, Placement place) {
    try {
      return LoadedModel.open(
          folder, place.device(), place.threads(), Precision.parse(place.precision()));
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  /** Returns the folder of the model that ships with the product. */
  Path tinyModel() {
    return root.resolve("models").resolve(TINY_MODEL);
  }

  /** Returns the names of the bundled models, sorted. */
  public List<String> bundledModels() {
    return names(root.resolve("models"), "");
  }

  /** Returns the names of the sample datasets, sorted. */
  public List<String> sampleDatasets() {
    return names(root.resolve("datasets").resolve("samples"), DATASET);
  }

  /**
   * Returns the file of a dataset.
   *
   * @param nameOrFile a named dataset, which becomes a file, a sample dataset's name, or a file
   * @throws CommandException if there is none of these, naming the nearest sample dataset
   * @throws IOException if a named dataset cannot be written
   */
  public Path datasetFile(String nameOrFile) throws IOException {
    Optional<Dataset> named = Workspace.current().get(nameOrFile, Dataset.class);
    if (named.isPresent()) {
      return new DatasetShelf(RunHome.standard().root().resolve("datasets")).file(named.get());
    }
    return storedDataset(nameOrFile);
  }

  /**
   * Refuses a name that no dataset has.
   *
   * @throws CommandException if there is none, naming the nearest
   */
  void requireDataset(String nameOrFile) {
    if (Workspace.current().get(nameOrFile, Dataset.class).isEmpty()) {
      storedDataset(nameOrFile);
    }
  }

  Path storedDataset(String nameOrFile) {
    Path file = path(nameOrFile);
    if (Files.isRegularFile(file)) {
      return file;
    }
    Path bundled = root.resolve("datasets").resolve("samples").resolve(nameOrFile + DATASET);
    if (isName(nameOrFile) && Files.isRegularFile(bundled)) {
      return bundled;
    }
    throw missing(
        "dataset", nameOrFile, Dataset.class, sampleDatasets(), "the path of a .jsonl file");
  }

  /**
   * Returns a dataset, which has at least one usable row.
   *
   * @throws CommandException if there is none of that name, or nothing in it to use
   */
  public Dataset dataset(String nameOrFile) throws IOException {
    Optional<Dataset> named = Workspace.current().get(nameOrFile, Dataset.class);
    try {
      return named.isPresent()
          ? named.get().requireTasks()
          : DatasetReader.read(storedDataset(nameOrFile)).requireTasks();
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Returns a reward.
   *
   * @param nameOrFile a named reward, a ready reward's name, a source file in Java or another
   *     {@link rft.reward.RewardLanguage}, an address of one, or the jar of a reward
   * @throws CommandException if there is none of these, or the source does not compile
   */
  public RewardUnit reward(String nameOrFile) throws IOException {
    Optional<RewardUnit> named = Workspace.current().get(nameOrFile, RewardUnit.class);
    if (named.isPresent()) {
      return named.get();
    }
    Path file = path(nameOrFile);
    if (nameOrFile.endsWith(".jar") && Files.isRegularFile(file)) {
      return RewardUnit.readJar(file);
    }
    if (nameOrFile.endsWith(".java") && Files.isRegularFile(file)) {
      return RewardFiles.compiled(file);
    }
    if (RewardTemplates.names().contains(nameOrFile)) {
      return RewardTemplates.unit(nameOrFile);
    }
    Optional<RewardUnit> foreign = RewardFiles.foreign(nameOrFile, file);
    if (foreign.isPresent()) {
      return foreign.get();
    }
    throw missing(
        "reward",
        nameOrFile,
        RewardUnit.class,
        RewardTemplates.names(),
        "the path of a .java, .py, .json or .jar file, or an address");
  }

  /** Returns a path, which need not lead to anything. */
  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new CommandException(ExitCode.USAGE, "\"" + text + "\" is no name and no path", e);
    }
  }

  private static boolean isName(String text) {
    return text.matches("[A-Za-z0-9._-]+") && !text.startsWith(".");
  }

  private static CommandException missing(
      String what, String given, Class<?> type, List<String> bundled, String otherwise) {
    CommandException wrong = Workspace.current().wrongType(given, what, type);
    if (wrong != null) {
      return wrong;
    }
    List<String> own = Workspace.current().names(type);
    List<String> names = Stream.concat(own.stream(), bundled.stream()).toList();
    String known =
        (own.isEmpty() ? "" : "named are " + String.join(", ", own) + "; ")
            + (bundled.isEmpty() ? "none is bundled" : "known are " + listed(bundled));
    return new CommandException(
        ExitCode.NOT_FOUND,
        "no "
            + what
            + " \""
            + given
            + "\""
            + NearestName.hint(given, names)
            + " ("
            + known
            + "; or give "
            + otherwise
            + ")");
  }

  private static String listed(List<String> names) {
    return names.size() <= MOST_LISTED
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_LISTED))
            + " and "
            + (names.size() - MOST_LISTED)
            + " more";
  }

  private static List<String> names(Path folder, String suffix) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> suffix.isEmpty() == Files.isDirectory(entry))
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> name.endsWith(suffix))
          .map(name -> name.substring(0, name.length() - suffix.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }
}
