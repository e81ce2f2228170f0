package rft.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rft.reward.RewardUnit;

/** Commands to a trainer, one file each: anyone may ask, the trainer looks between steps. */
public final class RunControl {
  /** What a trainer can be asked. */
  public enum Command {
    /** Write a checkpoint and end; it can still be resumed or forked. */
    STOP,
    /** Write a checkpoint and end, to be resumed later. */
    PAUSE;

    /** Returns the lower-case name used in files and options. */
    @JsonValue
    public String jsonName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String REWARD = "reward.jar";
  private static final String PROCESS = "process-";
  private static final Pattern HOLD =
      Pattern.compile("hold-(\\d+)-(?:" + PROCESS + "(\\d{1,18})|.+)");

  private final Path folder;

  /** Looks at the run's control folder, which need not exist yet. */
  public RunControl(RunFolder run) {
    this.folder = run.controlFolder();
  }

  /**
   * Asks the trainer; asking twice is asking once.
   *
   * @throws IOException if the file cannot be written
   */
  public void request(Command command) throws IOException {
    DurableFile.createFolders(folder);
    DurableFile.write(file(command), command.jsonName() + "\n");
  }

  /** Returns what the trainer was asked and has not cleared; of two requests the stronger one. */
  public Optional<Command> pending() {
    for (Command command : Command.values()) {
      if (Files.exists(file(command))) {
        return Optional.of(command);
      }
    }
    return Optional.empty();
  }

  /**
   * Sends the trainer another reward; of two that it has not taken the later one counts.
   *
   * @throws IOException if the file cannot be written
   */
  public void sendReward(RewardUnit unit) throws IOException {
    DurableFile.createFolders(folder);
    RunFolder.writeJar(unit, folder.resolve(REWARD));
  }

  /**
   * Returns the reward that was sent since the last call, or empty if none was.
   *
   * @throws IllegalArgumentException if the file is no reward's jar; it is gone then, too
   * @throws IOException if it cannot be read
   */
  public Optional<RewardUnit> takeReward() throws IOException {
    Path sent = folder.resolve(REWARD);
    if (!Files.exists(sent)) {
      return Optional.empty();
    }
    // Moved first, so that one sent meanwhile is not deleted unseen.
    Path taken = folder.resolve(REWARD + ".taken");
    Files.move(sent, taken, StandardCopyOption.ATOMIC_MOVE);
    try {
      return Optional.of(RewardUnit.readJar(taken));
    } finally {
      Files.deleteIfExists(taken);
    }
  }

  /**
   * Asks the trainer to keep the checkpoint of a step, which a fork is to begin with, until it is
   * released. One that is gone does not come back: look whether it is there afterwards.
   *
   * @param holder who asks; the same checkpoint can be held by several
   * @throws IOException if the file cannot be written
   */
  public void hold(int step, String holder) throws IOException {
    DurableFile.createFolders(folder);
    DurableFile.write(holdFile(step, holder), holder + "\n");
  }

  /**
   * Lets the trainer drop a checkpoint again, as far as this holder is concerned.
   *
   * @throws IOException if the file cannot be deleted
   */
  public void release(int step, String holder) throws IOException {
    Files.deleteIfExists(holdFile(step, holder));
  }

  /** Returns the name of this process as a holder: what it holds ends with it, however it ends. */
  public static String thisProcess() {
    return PROCESS + ProcessHandle.current().pid();
  }

  /** Returns the steps whose checkpoints someone holds. */
  public Set<Integer> held() throws IOException {
    Set<Integer> steps = new TreeSet<>();
    for (Path file : DurableFile.list(folder)) {
      Matcher hold = HOLD.matcher(DurableFile.nameOf(file));
      if (hold.matches() && isAlive(hold.group(2))) {
        steps.add(Integer.valueOf(hold.group(1)));
      }
    }
    return steps;
  }

  /** Returns whether a process is there, or the holder is none. */
  private static boolean isAlive(@Nullable String pid) {
    return pid == null || ProcessHandle.of(Long.parseLong(pid)).isPresent();
  }

  private Path holdFile(int step, String holder) {
    return folder.resolve("hold-" + step + "-" + holder);
  }

  /**
   * Takes back every request; what is held stays so.
   *
   * @throws IOException if a file cannot be deleted
   */
  public void clear() throws IOException {
    for (Command command : Command.values()) {
      Files.deleteIfExists(file(command));
    }
    Files.deleteIfExists(folder.resolve(REWARD));
  }

  private Path file(Command command) {
    return folder.resolve(command.jsonName());
  }
}
