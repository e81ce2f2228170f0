package rft.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.dataset.NearestName;

/** The folder that holds all runs of a user, each in {@code runs/ID}. */
public final class RunHome {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int NAME_LENGTH = 40;

  private final Path root;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /** Uses a folder that need not exist yet. */
  public RunHome(Path root) {
    this(root, Clock.systemUTC());
  }

  RunHome(Path root, Clock clock) {
    this.root = root.toAbsolutePath().normalize();
    this.clock = clock;
  }

  /**
   * Returns the folder named by the system property {@code rft.home}, else by the environment's
   * RFT_HOME, else {@code .rft} in the user's home.
   */
  public static RunHome standard() {
    String home = System.getProperty("rft.home", System.getenv("RFT_HOME"));
    return new RunHome(
        home == null || home.isBlank()
            ? Path.of(System.getProperty("user.home", "."), ".rft")
            : Path.of(home));
  }

  /** Returns the folder itself. */
  public Path root() {
    return root;
  }

  /**
   * Creates an empty run folder.
   *
   * @param name what the run is about, or null; its letters and digits begin the id, as in {@code
   *     addition-20261124-213012-3f2a}
   * @throws IOException if the folder cannot be created
   */
  public RunFolder create(@Nullable String name) throws IOException {
    DurableFile.createFolders(runs());
    while (true) {
      String tail = String.format(Locale.ROOT, "%04x", random.nextInt(1 << 16));
      String id = stem(name) + "-" + STAMP.format(clock.instant()) + "-" + tail;
      Path path = runs().resolve(id);
      try {
        DurableFile.createFolder(path);
      } catch (FileAlreadyExistsException e) {
        continue;
      }
      RunFolder folder = new RunFolder(path);
      DurableFile.createFolders(folder.rolloutsFolder());
      DurableFile.createFolders(folder.controlFolder());
      DurableFile.createFolders(folder.checkpointsFolder());
      DurableFile.syncFolder(runs());
      return folder;
    }
  }

  private static String stem(@Nullable String name) {
    String plain =
        name == null
            ? ""
            : name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String cut = plain.substring(0, Math.min(NAME_LENGTH, plain.length()));
    return cut.isEmpty() ? "run" : cut;
  }

  /**
   * Returns the folder of a run.
   *
   * @throws NoSuchRunException if there is no run with this id, naming the nearest one, or if it
   *     was deleted
   * @throws IOException if the runs cannot be listed
   */
  public RunFolder open(String id) throws IOException {
    if (RunFolder.isId(id)) {
      Path path = runs().resolve(id);
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        return new RunFolder(path);
      }
      if (Files.isDirectory(trash().resolve(id), LinkOption.NOFOLLOW_LINKS)) {
        throw new NoSuchRunException(
            "run "
                + id
                + " was deleted: the page Runs of rft workbench restores it from the trash");
      }
    }
    List<String> ids = folders().stream().map(RunFolder::id).toList();
    String hint =
        NearestName.closest(id, ids)
            .map(nearest -> "the nearest is " + nearest)
            .orElse("there are no runs in " + runs() + " yet");
    throw new NoSuchRunException("there is no run " + printable(id) + ": " + hint);
  }

  /** Returns the folder in which deleted runs lie until they are gone for good. */
  public Path trash() {
    return root().resolve("trash");
  }

  /**
   * Returns the folder that a run with this id has, whether there is one or not.
   *
   * @throws IllegalArgumentException if it is no id
   */
  public RunFolder folder(String id) {
    if (!RunFolder.isId(id)) {
      throw new IllegalArgumentException(printable(id) + " is no run id");
    }
    return new RunFolder(runs().resolve(id));
  }

  /**
   * Deletes the folder of a run that never began.
   *
   * @throws IOException if it cannot be deleted
   */
  public void discard(RunFolder folder) throws IOException {
    DurableFile.deleteTree(folder.path());
  }

  private static String printable(String id) {
    String line = id.replaceAll("\\P{Graph}", "?");
    return line.length() <= 80 ? line : line.substring(0, 80) + "..";
  }

  /**
   * Returns all runs, newest first. A run whose files cannot be read is listed as damaged.
   *
   * @throws IOException if the folder of the runs itself cannot be listed
   */
  public List<RunSummary> list() throws IOException {
    List<RunSummary> summaries = new ArrayList<>();
    for (RunFolder folder : folders()) {
      if (Files.exists(folder.headerFile()) || Files.exists(folder.databaseFile())) {
        summarise(folder).ifPresent(summaries::add);
      }
    }
    summaries.sort(
        Comparator.comparing(RunSummary::created).reversed().thenComparing(RunSummary::id));
    return List.copyOf(summaries);
  }

  /** Returns empty for a run that is just being created. */
  private static Optional<RunSummary> summarise(RunFolder folder) {
    try (RunReader reader = RunReader.open(folder)) {
      RunHeader header = reader.header();
      return Optional.of(
          new RunSummary(
              folder.id(),
              header.created(),
              reader.status(),
              header,
              reader.lastStep(),
              reader.lastMetrics(),
              null));
    } catch (IOException | RuntimeException e) {
      return folder.isBeingCreated() ? Optional.empty() : Optional.of(damaged(folder, e));
    }
  }

  private static RunSummary damaged(RunFolder folder, Exception problem) {
    RunHeader header;
    try {
      header = RunHeader.read(folder);
    } catch (IOException e) {
      header = null;
    }
    Instant created = header == null ? folder.lastChange() : header.created();
    String sentence = String.valueOf(problem.getMessage());
    return new RunSummary(folder.id(), created, RunStatus.DAMAGED, header, 0, Map.of(), sentence);
  }

  /**
   * Returns the ids of all runs, newest first, without a look into them.
   *
   * @throws IOException if the folder of the runs cannot be listed
   */
  public List<String> ids() throws IOException {
    return folders().stream()
        .sorted(Comparator.comparing(RunFolder::lastChange).reversed())
        .map(RunFolder::id)
        .toList();
  }

  /**
   * Returns the folders of all runs, those just being created too, sorted by id.
   *
   * @throws IOException if the folder of the runs cannot be listed
   */
  public List<RunFolder> folders() throws IOException {
    return DurableFile.list(runs()).stream()
        .filter(path -> RunFolder.isId(DurableFile.nameOf(path)))
        .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
        .map(RunFolder::new)
        .toList();
  }

  private Path runs() {
    return root.resolve("runs");
  }
}
