package rft.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import rft.lab.RewardExample;
import rft.lab.RewardExamples;
import rft.reward.RewardUnit;
import rft.run.RunHome;
import rft.template.RewardTemplates;

/**
 * The examples of one reward: those that a ready reward ships with, and those of the file beside a
 * reward's own, or for a reward that has only a name, of {@code NAME.examples.jsonl} in the working
 * folder or else in {@code RFT_HOME/rewards}.
 *
 * @param reward as it was asked for
 * @param unit the reward itself
 */
record ExampleFile(String reward, RewardUnit unit) {
  /**
   * Some examples and where they are from.
   *
   * @param from file, or name of the ready reward
   */
  record Source(String from, List<RewardExample> examples) {}

  /** Returns the file that examples are added to, whether or not it exists. */
  Path path() {
    if (isFile(reward)) {
      return RewardExamples.beside(Path.of(reward));
    }
    // The address of a service is its name, and no name of a file.
    String name = RewardExamples.fileName(unit.name().replaceAll("[^\\w.-]+", "_"));
    Path kept = RunHome.standard().root().resolve("rewards").resolve(name);
    Path here = Path.of(name);
    return Files.exists(kept) && !Files.exists(here) ? kept : here;
  }

  /** Returns all examples there are, those of a ready reward first. */
  List<Source> read() throws IOException {
    List<Source> sources = new ArrayList<>();
    if (RewardTemplates.has(reward) && !isFile(reward)) {
      String text = RewardTemplates.named(reward).examples();
      sources.add(new Source(reward, RewardExamples.parse(reward, text)));
    }
    if (Files.exists(path())) {
      sources.add(read(path()));
    }
    return sources;
  }

  /**
   * Returns the examples of one file.
   *
   * @throws CommandException if it does not exist
   */
  static Source read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CommandException(ExitCode.NOT_FOUND, "no file of examples " + file);
    }
    return new Source(file.toString(), RewardExamples.read(file));
  }

  static boolean isFile(String text) {
    try {
      return Files.isRegularFile(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
