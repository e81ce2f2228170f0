package rft.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rft.lab.Hole;
import rft.lab.HoleHunt;
import rft.lab.RewardExample;
import rft.lab.RewardExamples;
import rft.reward.RewardUnit;
import rft.run.DurableFile;
import rft.run.NumberText;
import rft.run.RunHome;

/** The holes of the last search of each reward, kept so that some can be saved afterwards. */
final class BreakMemory {
  private static final String HOLES = "holes" + RewardExamples.ENDING;
  private static final String TARGET = "target.txt";

  private BreakMemory() {}

  private static Path home() {
    return RunHome.standard().root().resolve("lab").resolve("break");
  }

  private static Path folder(String unitName) {
    return home().resolve(unitName.replaceAll("[^\\w.-]+", "_"));
  }

  static void keep(String reward, RewardUnit unit, List<Hole> holes) throws IOException {
    Path folder = folder(unit.name());
    DurableFile.createFolders(folder);
    RewardExamples.write(folder.resolve(HOLES), holes.stream().map(Hole::asExample).toList());
    DurableFile.restrict(folder.resolve(HOLES));
    DurableFile.write(
        folder.resolve(TARGET),
        new ExampleFile(reward, unit).path().toAbsolutePath() + "\n" + unit.name());
  }

  /**
   * Returns what was saved, of the last search of a reward, or of the last one of all.
   *
   * @param numbers counted from 1
   * @param to the file of examples; null for the reward's own
   * @throws CommandException if nothing was searched, or a number is none of its holes
   */
  static RewardBreak.Report save(@Nullable String reward, List<Integer> numbers, @Nullable Path to)
      throws IOException {
    Path folder = reward == null ? last() : folder(Installation.current().reward(reward).name());
    if (!Files.exists(folder.resolve(HOLES))) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "nothing to save: rft reward break "
              + (reward == null ? "R" : reward)
              + " --data D first");
    }
    List<RewardExample> holes = RewardExamples.read(folder.resolve(HOLES));
    List<String> target = Files.readAllLines(folder.resolve(TARGET));
    requireSameFile(reward, Path.of(target.get(0)));
    Path file = to == null ? Path.of(target.get(0)) : to;
    List<String> saved = new ArrayList<>();
    for (int number : numbers) {
      if (number < 1 || number > holes.size()) {
        throw new CommandException(
            ExitCode.USAGE,
            "--save "
                + number
                + ": the last search found "
                + NumberText.counted(holes.size(), "hole")
                + " to save");
      }
      RewardExample hole = holes.get(number - 1);
      boolean added = RewardExamples.add(file, hole);
      saved.add(
          (added ? "saved to " : "is there already: ")
              + shown(file)
              + ": "
              + hole.expected().text()
              + " for "
              + BreakText.cut(hole.completion().text()));
    }
    return new RewardBreak.Report(
        target.get(1),
        "",
        null,
        new HoleHunt.Found(List.of(), Map.of(), 0, 0),
        List.of(),
        List.of(),
        saved,
        List.of(),
        true,
        0);
  }

  /** Two files may hold rewards of one name; the holes of one are not those of the other. */
  private static void requireSameFile(@Nullable String reward, Path target) {
    if (reward == null || !ExampleFile.isFile(reward)) {
      return;
    }
    Path own = RewardExamples.beside(Path.of(reward)).toAbsolutePath().normalize();
    if (!own.equals(target.normalize())) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "the last search was of another reward of that name, whose examples are "
              + shown(target)
              + ": rft reward break "
              + reward
              + " --data D first");
    }
  }

  private static Path shown(Path file) {
    Path here = Path.of("").toAbsolutePath();
    return file.startsWith(here) ? here.relativize(file) : file;
  }

  private static Path last() throws IOException {
    if (!Files.isDirectory(home())) {
      return home();
    }
    try (Stream<Path> folders = Files.list(home())) {
      return folders
          .filter(folder -> Files.exists(folder.resolve(HOLES)))
          .max(Comparator.comparingLong(folder -> folder.resolve(HOLES).toFile().lastModified()))
          .orElse(home());
    }
  }
}
