package rft.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import rft.grader.Grader;
import rft.grader.GraderException;
import rft.grader.GraderLanguage;
import rft.reward.RewardUnit;

/**
 * A grader that the user named: a file, or a named reward that is one.
 *
 * @param name as given
 */
record GraderFile(String name) {
  /** Returns the JSON text. */
  String source() throws IOException {
    Optional<RewardUnit> named = Workspace.current().get(name, RewardUnit.class);
    if (named.isPresent()) {
      return source(named.get());
    }
    Path file = Installation.path(name);
    if (name.endsWith(".jar") && Files.isRegularFile(file)) {
      return source(RewardUnit.readJar(file));
    }
    if (!Files.isRegularFile(file)) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "no file " + name + ": give a grader's JSON file, or the name of a reward that is one");
    }
    return Files.readString(file);
  }

  private static String source(RewardUnit unit) {
    if (!unit.language().equals(GraderLanguage.NAME)) {
      throw new CommandException(
          ExitCode.USAGE,
          "the reward " + unit.name() + " is written in " + unit.language() + ": it is no grader");
    }
    return unit.source();
  }

  /**
   * Returns the grader.
   *
   * @throws CommandException if it is none, naming the first problem's place
   */
  Grader grader() throws IOException {
    try {
      return Grader.read(source());
    } catch (GraderException e) {
      int more = e.problems().size() - 1;
      throw new CommandException(
          ExitCode.FAILED,
          name
              + ", "
              + e.problems().get(0).sentence()
              + (more == 0 ? "" : " (and " + more + " more: rft grader validate lists them)"),
          e);
    }
  }
}
