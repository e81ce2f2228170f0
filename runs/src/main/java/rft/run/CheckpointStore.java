package rft.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of a run, one folder each. A folder is there whole or not at all. Anyone may
 * read; only the process with the run's lock writes, marks, and drops.
 */
public final class CheckpointStore {
  /** How many of the latest checkpoints a run keeps unless it keeps all. */
  public static final int KEPT = 2;

  private static final Pattern STEP = Pattern.compile("step-(\\d{6,9})");
  private static final String BEST = "best.json";

  private final Path folder;

  /** The best checkpoint, as it lies in its file. */
  record Best(int step, double score) {}

  /** Looks at the run's checkpoints, of which there need not be any yet. */
  public CheckpointStore(RunFolder run) {
    this.folder = run.checkpointsFolder();
  }

  /**
   * Writes a checkpoint, in place of an older one of the same step.
   *
   * @param content writes its files
   * @throws IllegalArgumentException if it wrote no file, or something else than plain files
   * @throws IOException if it cannot be written, in one sentence; nothing of it is left then, and
   *     the older checkpoints are as they were
   */
  public void write(int step, FolderContent content) throws IOException {
    Bounds.atLeast("step", step, 0, "a checkpoint is of a step");
    Path target = folder(step);
    Path draft = folder.resolve(DurableFile.DRAFT + DurableFile.nameOf(target));
    try {
      DurableFile.createFolders(folder);
      if (Files.exists(draft)) {
        DurableFile.deleteTree(draft);
      }
      DurableFile.createFolders(draft);
      content.writeTo(draft);
      syncFiles(draft);
      drop(target);
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      DurableFile.syncFolder(folder);
    } catch (IOException e) {
      DurableFile.deleteQuietly(draft, e);
      throw new IOException(failure(step, e), e);
    } catch (RuntimeException e) {
      DurableFile.deleteQuietly(draft, new IOException(e));
      throw e;
    }
  }

  private static void syncFiles(Path draft) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(draft)) {
      files = listed.sorted().toList();
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("a checkpoint without files restores nothing");
    }
    for (Path file : files) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new IllegalArgumentException(
            file + " is no plain file, so it cannot be part of a checkpoint");
      }
      DurableFile.restrict(file);
      DurableFile.sync(file);
    }
    DurableFile.syncFolder(draft);
  }

  private String failure(int step, IOException e) {
    return "the checkpoint of step "
        + step
        + " could not be written ("
        + e.getMessage()
        + "); the checkpoints before it are whole: free some space on the disk of "
        + folder
        + " and resume";
  }

  /** Returns the steps that have a checkpoint, ascending. */
  public List<Integer> steps() throws IOException {
    List<Integer> steps = new ArrayList<>();
    for (Path entry : DurableFile.list(folder)) {
      Matcher name = STEP.matcher(DurableFile.nameOf(entry));
      if (name.matches() && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        steps.add(Integer.parseInt(name.group(1)));
      }
    }
    steps.sort(null);
    return List.copyOf(steps);
  }

  /** Returns the folder of a step's checkpoint, whether there is one or not. */
  public Path folder(int step) {
    return folder.resolve(String.format(Locale.ROOT, "step-%06d", step));
  }

  /**
   * Returns the folder of a step's checkpoint.
   *
   * @throws IllegalArgumentException if there is none, naming those there are
   */
  public Path require(int step) throws IOException {
    Path path = folder(step);
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalArgumentException(
          "there is no checkpoint of step " + step + ", only of " + steps());
    }
    return path;
  }

  /** Returns the step of the newest checkpoint, or empty when there is none. */
  public OptionalInt latest() throws IOException {
    return steps().stream().mapToInt(Integer::intValue).max();
  }

  /** Returns the step of the checkpoint with the best validation score, or empty. */
  public OptionalInt best() throws IOException {
    Best best = readBest();
    return best == null ? OptionalInt.empty() : OptionalInt.of(best.step());
  }

  /**
   * Remembers a checkpoint's validation score if it is the best so far; of equal ones the earlier
   * stays.
   *
   * @param score higher is better; NaN is never best
   * @return true if this checkpoint is the best now
   * @throws IllegalArgumentException if the step has no checkpoint
   */
  public boolean markBest(int step, double score) throws IOException {
    require(step);
    Best best = readBest();
    boolean better = best == null ? !Double.isNaN(score) : score > best.score();
    if (better) {
      DurableFile.write(folder.resolve(BEST), RunJson.write(new Best(step, score)));
    }
    return better;
  }

  /** Returns null when no checkpoint that still exists was marked. */
  private @Nullable Best readBest() throws IOException {
    try {
      String json = Files.readString(folder.resolve(BEST));
      Best best = RunJson.read(json, Best.class, BEST);
      return Files.isDirectory(folder(best.step())) ? best : null;
    } catch (NoSuchFileException | IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * Drops all checkpoints but the newest ones, the best, and those asked for.
   *
   * @param latest how many of the newest are kept, at least 1; usually {@link #KEPT}
   * @param lasting steps whose checkpoints stay for good
   */
  public void keepOnly(int latest, IntPredicate lasting) throws IOException {
    Bounds.atLeast("checkpoints to keep", latest, 1, "a run is resumed from its newest one");
    List<Integer> steps = steps();
    OptionalInt best = best();
    for (int step : steps.subList(0, Math.max(0, steps.size() - latest))) {
      if (!lasting.test(step) && (best.isEmpty() || best.getAsInt() != step)) {
        drop(folder(step));
      }
    }
  }

  /** Drops the checkpoints beyond a step. */
  public void truncateAfter(int step) throws IOException {
    for (int later : steps()) {
      if (later > step) {
        drop(folder(later));
      }
    }
  }

  /** Returns the bytes that a step's checkpoint takes, or 0 if there is none. */
  public long sizeBytes(int step) throws IOException {
    AtomicLong bytes = new AtomicLong();
    if (Files.isDirectory(folder(step))) {
      Files.walkFileTree(
          folder(step),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              bytes.addAndGet(attributes.size());
              return FileVisitResult.CONTINUE;
            }
          });
    }
    return bytes.get();
  }

  /** Deletes what a crash left half written or half dropped. */
  void sweep() throws IOException {
    DurableFile.sweep(folder);
  }

  /** Takes the name away first, so that nobody finds half a checkpoint. */
  private void drop(Path checkpoint) throws IOException {
    if (Files.exists(checkpoint)) {
      Path doomed = folder.resolve(DurableFile.DRAFT + "old-" + DurableFile.nameOf(checkpoint));
      if (Files.exists(doomed)) {
        DurableFile.deleteTree(doomed);
      }
      Files.move(checkpoint, doomed, StandardCopyOption.ATOMIC_MOVE);
      DurableFile.deleteTree(doomed);
    }
  }
}
