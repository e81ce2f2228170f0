package rft.command;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that the user wants written.
 *
 * @param option what named it, for example {@code --out}
 * @param path as given
 */
public record OutputFile(String option, Path path) {
  /**
   * Refuses a place where no file can be, or one is, before any work is done.
   *
   * @param force whether to replace a file that is there
   * @throws CommandException if it is a folder, lies in one that does not exist, or is there and
   *     not to be replaced
   */
  public void require(boolean force) {
    if (Files.isDirectory(path)) {
      throw new CommandException(
          ExitCode.USAGE, option + " (" + path + ") is a folder; name a file in it");
    }
    Path folder = path.toAbsolutePath().normalize().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new CommandException(
          ExitCode.USAGE,
          option + " (" + path + "): the folder " + folder + " does not exist; make it first");
    }
    requireReplaceable(force);
  }

  /**
   * Refuses a file that is there already.
   *
   * @param force whether to replace it all the same
   * @throws CommandException if it is there and not to be replaced
   */
  void requireReplaceable(boolean force) {
    if (Files.exists(path) && !force) {
      throw new CommandException(
          ExitCode.USAGE, path + " is already there; add --force to replace it");
    }
  }
}
