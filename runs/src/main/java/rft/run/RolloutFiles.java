package rft.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The folder of rollout segments, one file per step. */
final class RolloutFiles {
  private static final Pattern NAME = Pattern.compile("step-(\\d{6,9})\\.rollouts");

  private final Path folder;

  RolloutFiles(RunFolder run) {
    this.folder = run.rolloutsFolder();
  }

  /** Writes a step's rollouts so that they appear at once and whole. */
  void write(int step, List<StoredRollout> rollouts) throws IOException {
    DurableFile.createFolders(folder);
    DurableFile.write(file(step), RolloutCodec.encode(rollouts));
  }

  /**
   * Returns a step's rollouts.
   *
   * @throws DamagedRunException if the segment is missing, cut off or changed
   */
  List<StoredRollout> read(int step) throws IOException {
    Path file = file(step);
    try {
      return RolloutCodec.decode(file.toString(), Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new DamagedRunException("the rollouts of step " + step + " are missing: " + file, e);
    }
  }

  /** Deletes the segments beyond a step, and drafts. */
  void dropAfter(int step) throws IOException {
    DurableFile.sweep(folder);
    for (Path file : DurableFile.list(folder)) {
      Matcher name = NAME.matcher(DurableFile.nameOf(file));
      if (name.matches() && Integer.parseInt(name.group(1)) > step) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Path file(int step) {
    return folder.resolve(String.format(Locale.ROOT, "step-%06d.rollouts", step));
  }
}
