package rft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rft.reward.RewardCompiler;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;
import rft.sample.SampleDatasets;
import rft.sample.SampleTask;
import rft.template.RewardTemplates;

/**
 * A third of the rewards of {@code bench/reward-lab}, on few tasks; the rates themselves are
 * measured by {@code bench/RewardLab.java}, on all of them.
 */
final class RewardCorpusTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("rft.root")).resolve("bench").resolve("reward-lab");
  private static final int TASKS = 8;

  private record Line(String reward, String dataset, String fault) {}

  private static List<Line> lines() throws IOException {
    List<Line> lines = new ArrayList<>();
    for (String row : Files.readAllLines(FOLDER.resolve("rewards.tsv"))) {
      String[] cells = row.split("\t");
      boolean java = cells[1].endsWith(".java") || !cells[1].contains(".");
      if (java && !cells[0].equals("set")) {
        lines.add(new Line(cells[1], cells[2], cells[3]));
      }
    }
    return Stream.iterate(0, i -> i < lines.size(), i -> i + 3).map(lines::get).toList();
  }

  private static RewardUnit unit(String reward) throws IOException {
    return reward.endsWith(".java")
        ? new RewardCompiler().compile("r", Files.readString(FOLDER.resolve(reward)))
        : RewardTemplates.unit(reward);
  }

  private static List<String> faults(Line line) throws IOException {
    SampleTask task = SampleTask.named(line.dataset()).orElseThrow();
    RewardUnit unit = unit(line.reward());
    AttackProbe.Settings settings =
        new AttackProbe.Settings(TASKS, 5000, null, unit.source(), () -> false, done -> {});
    try (RewardJudge judge = new RewardJudge(unit.load(), Duration.ofSeconds(10))) {
      return new AttackProbe(judge, null, settings)
          .probe(SampleDatasets.rows(task, SampleDatasets.SEED, 60)).faults().stream()
              .map(fault -> fault.kind().jsonName())
              .toList();
    }
  }

  @Test
  void soundRewardsAreNotAccused() throws IOException {
    List<Line> sound = lines().stream().filter(line -> line.fault().equals("-")).toList();
    assertTrue(sound.size() >= 12, () -> sound.size() + " sound rewards");
    for (Line line : sound) {
      assertEquals(List.of(), faults(line), line.reward());
    }
  }

  @Test
  void theFaultOfEachFaultyRewardIsNamed() throws IOException {
    List<Line> faulty = lines().stream().filter(line -> !line.fault().equals("-")).toList();
    assertTrue(faulty.size() >= 5, () -> faulty.size() + " faulty rewards");
    for (Line line : faulty) {
      List<String> faults = faults(line);
      assertTrue(faults.contains(line.fault()), () -> line.reward() + ": " + faults);
    }
  }
}
