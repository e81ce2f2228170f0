import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import rft.dataset.Task;
import rft.lab.AnswerGroup;
import rft.lab.Card;
import rft.lab.CardPlan;
import rft.lab.CardRules;
import rft.lab.FullMarks;
import rft.reward.Completion;
import rft.reward.RewardCompiler;
import rft.reward.RewardLanguage;
import rft.reward.RewardUnit;
import rft.sample.SampleTask;
import rft.template.RewardTemplates;

/**
 * What reward cards say of rewards with and without faults, on the answers of the sloppy teacher
 * that the bundled model learned from: a sound reward must not be called broken. Run from the
 * repository's root after ./rft build:
 *
 * <pre>java -cp "target/lib/*:target/lib/rft-reward-templates/*" bench/RewardCards.java</pre>
 */
public final class RewardCards {
  private static final int TASKS = 64;
  private static final int GROUP = 8;

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of("bench/reward-lab");
    Map<String, Map<Card.Outcome, Integer>> outcomes = new TreeMap<>();
    for (String row : Files.readAllLines(folder.resolve("rewards.tsv")).stream().skip(1).toList()) {
      String[] cells = row.split("\t");
      boolean java = cells[1].endsWith(".java") || !cells[1].contains(".");
      if (!java && RewardLanguage.ofFile(cells[1]).isEmpty()) {
        System.out.println("- " + cells[1] + ": this build has no such language");
        continue;
      }
      Card.Reading reading = reading(unit(cells[1], folder), cells[2]);
      System.out.printf(
          Locale.ROOT,
          "%-9s %-38s %-14s %-9s %s%n",
          cells[0],
          cells[1],
          cells[2],
          reading.outcome().words(),
          reading.reason());
      if (reading.outcome() == Card.Outcome.BROKEN) {
        System.out.println("          " + reading.next());
      }
      outcomes
          .computeIfAbsent(cells[0], set -> new TreeMap<>())
          .merge(reading.outcome(), 1, Integer::sum);
    }
    outcomes.forEach((set, counts) -> System.out.println(set + ": " + counts));
  }

  private static Card.Reading reading(RewardUnit unit, String dataset) {
    SampleTask kind = SampleTask.named(dataset).orElseThrow();
    List<Task> tasks =
        LongStream.range(0, TASKS).mapToObj(index -> kind.task(1, index)).toList();
    List<AnswerGroup> groups = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      // The teacher's style at other places of the same stream: mostly answers to other tasks, so a
      // quarter is the careful answer to this one.
      List<Completion> answers = new ArrayList<>();
      for (int j = 0; j < GROUP; j++) {
        answers.add(
            Completion.of(
                (i + j) % 4 == 0 && i % 3 != 0
                    ? kind.careful(1, i)
                    : kind.teach(1, i + (long) TASKS * j)));
      }
      groups.add(new AnswerGroup(tasks.get(i), answers));
    }
    CardPlan plan =
        new CardPlan(FullMarks.ONE, GROUP, 64, Duration.ofSeconds(10), null, unit.weights(), RewardCards::centred);
    return CardRules.reading(plan.card(unit, tasks, groups, () -> false), 0);
  }

  private static double[][] centred(double[][] rewards) {
    return Arrays.stream(rewards)
        .map(
            group -> {
              double mean = Arrays.stream(group).average().orElse(0);
              return Arrays.stream(group).map(r -> Double.isNaN(r) ? 0 : r - mean).toArray();
            })
        .toArray(double[][]::new);
  }

  private static RewardUnit unit(String reward, Path folder) throws IOException {
    if (RewardTemplates.names().contains(reward)) {
      return RewardTemplates.unit(reward);
    }
    Path file = folder.resolve(reward);
    String name = file.getFileName().toString();
    String stem = name.substring(0, name.lastIndexOf('.'));
    String source = Files.readString(file);
    return name.endsWith(".java")
        ? new RewardCompiler().compile(stem, source)
        : RewardUnit.of(RewardLanguage.ofFile(name).orElseThrow(), stem, source);
  }
}
