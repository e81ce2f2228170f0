package rft.run;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run is, fixed when it starts: the content of {@code run.json}.
 *
 * @param id the run's id
 * @param name what the user called it
 * @param created when it was created
 * @param version version of the product that created it
 * @param options every option
 * @param dataset identity of the dataset
 * @param reward identity of the reward
 * @param check identity of the check of validation; null where that is the reward itself
 * @param model identity of the base model
 * @param forkedFrom {@code RUN@STEP} the run branched from, or null
 * @param machine where it was started
 * @param rewardChanges rewards that were sent to it since, by ascending step
 */
public record RunHeader(
    String id,
    String name,
    Instant created,
    String version,
    TrainOptions options,
    DatasetInfo dataset,
    RewardInfo reward,
    @JsonSetter(nulls = Nulls.SET) @Nullable RewardInfo check,
    ModelInfo model,
    @JsonSetter(nulls = Nulls.SET) @Nullable String forkedFrom,
    Machine machine,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<RewardChange> rewardChanges) {
  /**
   * A reward that replaced another one during the run.
   *
   * @param version counted from 2; the reward the run began with is 1
   * @param step first step that was judged by it
   * @param reward its identity
   */
  public record RewardChange(int version, int step, RewardInfo reward) {}

  /**
   * Which dataset, exactly.
   *
   * @param sha256 SHA-256 of the file
   * @param tasks number of tasks by split, for example {@code train}
   */
  public record DatasetInfo(String sha256, Map<String, Integer> tasks) {
    public DatasetInfo {
      tasks = Collections.unmodifiableMap(new TreeMap<>(tasks));
    }
  }

  /**
   * Which reward, exactly.
   *
   * @param name what it is called
   * @param sha256 SHA-256 of the reward unit
   */
  public record RewardInfo(String name, String sha256) {}

  /**
   * Which base model, exactly.
   *
   * @param path its folder
   * @param parameters number of its weights
   * @param sha256 SHA-256 of its weights
   */
  public record ModelInfo(String path, long parameters, String sha256) {}

  /**
   * Where a run was started.
   *
   * @param java version of Java
   * @param os name, version and architecture of the operating system
   * @param cpus processors that Java sees
   * @param engine name and version of the tensor engine
   */
  public record Machine(String java, String os, int cpus, String engine) {
    /** Returns this machine. */
    public static Machine here(String engine) {
      String os =
          System.getProperty("os.name")
              + " "
              + System.getProperty("os.version")
              + " "
              + System.getProperty("os.arch");
      int cpus = Runtime.getRuntime().availableProcessors();
      return new Machine(System.getProperty("java.version", "unknown"), os, cpus, engine);
    }
  }

  public RunHeader {
    if (!RunFolder.isId(id)) {
      throw new IllegalArgumentException("id (" + id + ") is no run id");
    }
    rewardChanges = List.copyOf(rewardChanges);
  }

  /** Makes the header of a run whose reward was never replaced. */
  public RunHeader(
      String id,
      String name,
      Instant created,
      String version,
      TrainOptions options,
      DatasetInfo dataset,
      RewardInfo reward,
      @Nullable RewardInfo check,
      ModelInfo model,
      @Nullable String forkedFrom,
      Machine machine) {
    this(
        id,
        name,
        created,
        version,
        options,
        dataset,
        reward,
        check,
        model,
        forkedFrom,
        machine,
        List.of());
  }

  /** Returns the version of the reward that a step is judged by. */
  public int rewardVersionAt(int step) {
    int version = 1;
    for (RewardChange change : rewardChanges) {
      version = change.step() <= step ? change.version() : version;
    }
    return version;
  }

  /** Returns the first step that is judged by the same version of the reward as this one. */
  public int rewardSince(int step) {
    return rewardChanges.stream()
        .mapToInt(RewardChange::step)
        .filter(first -> first <= step)
        .max()
        .orElse(1);
  }

  /** Returns the header with another reward from a step on; what was sent for later is dropped. */
  RunHeader withReward(int step, RewardInfo other) {
    int latest = rewardChanges.stream().mapToInt(RewardChange::version).max().orElse(1);
    List<RewardChange> changes =
        new ArrayList<>(rewardChanges.stream().filter(change -> change.step() < step).toList());
    changes.add(new RewardChange(latest + 1, step, other));
    return new RunHeader(
        id,
        name,
        created,
        version,
        options,
        dataset,
        reward,
        check,
        model,
        forkedFrom,
        machine,
        changes);
  }

  /** Returns the names of all rewards, for example {@code loose, from step 20 strict}. */
  public String rewardNames() {
    StringBuilder names = new StringBuilder(reward.name());
    rewardChanges.forEach(
        change ->
            names
                .append(", from step ")
                .append(change.step())
                .append(' ')
                .append(change.reward().name()));
    return names.toString();
  }

  /** Returns the header as indented JSON. */
  public String toJson() {
    return RunJson.write(this);
  }

  /**
   * Returns the header that {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if the text is no header, naming the field
   */
  public static RunHeader fromJson(String json) {
    return RunJson.read(json, RunHeader.class, "run.json");
  }

  /**
   * Returns the header of a run.
   *
   * @throws DamagedRunException if its file is missing, cut off or not a header
   * @throws IOException if it cannot be read
   */
  public static RunHeader read(RunFolder folder) throws IOException {
    try {
      RunHeader header = fromJson(Files.readString(folder.headerFile()));
      if (!header.id().equals(folder.id())) {
        throw new DamagedRunException(
            "run " + folder.id() + ": its run.json belongs to run " + header.id(), null);
      }
      return header;
    } catch (NoSuchFileException e) {
      throw new DamagedRunException("run " + folder.id() + ": its run.json is missing", e);
    } catch (MalformedInputException e) {
      throw new DamagedRunException("run " + folder.id() + ": its run.json is not UTF-8", e);
    } catch (IllegalArgumentException e) {
      throw new DamagedRunException("run " + folder.id() + ": " + e.getMessage(), e);
    }
  }

  void write(RunFolder folder) throws IOException {
    DurableFile.write(folder.headerFile(), toJson());
  }
}
