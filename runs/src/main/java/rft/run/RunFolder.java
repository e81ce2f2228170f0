package rft.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;
import rft.reward.RewardUnit;

/**
 * The folder of one run and the names in it.
 *
 * @param path the folder; its name is the run's id
 */
public record RunFolder(Path path) {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

  public RunFolder {
    String id = DurableFile.nameOf(path);
    if (!isId(id)) {
      throw new IllegalArgumentException(
          "\"" + id + "\" is no run id: an id has 1 to 64 of the characters a-z, 0-9 and -");
    }
  }

  /** Returns true if the text has the form of a run id. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** Returns the run's id. */
  public String id() {
    return DurableFile.nameOf(path);
  }

  /** Returns the file with the {@link RunHeader}. */
  public Path headerFile() {
    return path.resolve("run.json");
  }

  /** Returns the SQLite file with metrics, events and the index of rollouts. */
  public Path databaseFile() {
    return path.resolve("run.db");
  }

  /** Returns the folder with one segment of rollouts per step. */
  public Path rolloutsFolder() {
    return path.resolve("rollouts");
  }

  /** Returns the folder with commands to the trainer. */
  public Path controlFolder() {
    return path.resolve("control");
  }

  /** Returns the folder with one folder per checkpoint. */
  public Path checkpointsFolder() {
    return path.resolve("checkpoints");
  }

  /** Returns the compiled reward the run was started with. */
  public Path rewardJar() {
    return path.resolve("reward.jar");
  }

  /** Returns the compiled reward of a version; 1 is the one the run was started with. */
  public Path rewardJar(int version) {
    return version == 1 ? rewardJar() : path.resolve("reward-" + version + ".jar");
  }

  /** Returns the compiled check of validation; it is there only if it differs from the reward. */
  public Path checkJar() {
    return path.resolve("check.jar");
  }

  /** Writes a reward for the user alone. */
  public static void writeJar(RewardUnit unit, Path jar) throws IOException {
    unit.writeJar(jar);
    DurableFile.restrict(jar);
  }

  /** Returns the report written at the end. */
  public Path reportFile() {
    return path.resolve("report.html");
  }

  /** Returns whether a trainer is just writing the run's first files. */
  public boolean isBeingCreated() {
    try {
      return !Files.exists(headerFile()) && RunLock.livePid(this).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns when the folder itself last changed; the epoch if nobody can tell. */
  public Instant lastChange() {
    try {
      return Files.getLastModifiedTime(path).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }
}
