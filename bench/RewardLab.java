import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import rft.dataset.DatasetReader;
import rft.dataset.Task;
import rft.lab.AttackClass;
import rft.lab.AttackProbe;
import rft.lab.Hole;
import rft.lab.HoleHunt;
import rft.lab.ProbeReport;
import rft.reward.RewardCompiler;
import rft.reward.RewardJudge;
import rft.reward.RewardLanguage;
import rft.reward.RewardUnit;
import rft.sample.SampleTask;
import rft.template.RewardTemplates;

/**
 * How often the reward lab names the fault of a reward that has one, and how often it accuses a
 * reward that has none. Run from the repository's root after ./rft build:
 *
 * <pre>java -cp "target/lib/*:target/lib/rft-reward-templates/*" bench/RewardLab.java</pre>
 */
public final class RewardLab {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int ROUNDS = 25;
  private static final long SECONDS = 10;

  record Line(String set, String reward, String dataset, String fault) {}

  record Finding(Line line, List<String> classes, ProbeReport.Example example, int calls) {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of("bench/reward-lab");
    String wanted = arguments.length > 0 ? arguments[0] : "";
    List<Finding> findings = new ArrayList<>();
    for (String row :
        Files.readAllLines(folder.resolve("rewards.tsv")).stream()
            .skip(1)
            .filter(row -> row.startsWith(wanted))
            .toList()) {
      String[] cells = row.split("\t");
      Line line = new Line(cells[0], cells[1], cells[2], cells[3]);
      if (!runs(line)) {
        System.out.println("- " + line.reward() + ": this build has no such language");
        continue;
      }
      Finding finding = probe(line, folder);
      findings.add(finding);
      print(finding);
    }
    rates(findings);
  }

  private static boolean runs(Line line) {
    boolean java = line.reward().endsWith(".java") || !line.reward().contains(".");
    return java || RewardLanguage.ofFile(line.reward()).isPresent();
  }

  private static Finding probe(Line line, Path folder) throws IOException {
    RewardUnit unit = unit(line.reward(), folder);
    List<Task> tasks =
        DatasetReader.read(Path.of("datasets/samples", line.dataset() + ".jsonl")).tasks();
    AttackProbe.Settings settings =
        new AttackProbe.Settings(20, 5000, null, unit.source(), () -> false, done -> {});
    try (RewardJudge judge = new RewardJudge(unit.load(), LIMIT)) {
      ProbeReport report = new AttackProbe(judge, null, settings).probe(tasks);
      List<String> classes =
          report.faults().stream().map(fault -> fault.kind().jsonName()).toList();
      ProbeReport.Example example =
          classes.isEmpty() ? null : report.faults().get(0).attacks().get(0).example();
      return hunt(unit, tasks, settings, new Finding(line, classes, example, report.calls()));
    } catch (IllegalArgumentException e) {
      return new Finding(line, List.of("error: " + e.getMessage()), null, 0);
    }
  }

  /**
   * Adds what a search finds: mutations of what a probe made up, against the dataset's own check.
   */
  private static Finding hunt(
      RewardUnit unit, List<Task> tasks, AttackProbe.Settings settings, Finding probed) {
    String check = SampleTask.named(probed.line().dataset()).orElseThrow().rewardName();
    try (RewardJudge judge = new RewardJudge(unit.load(), LIMIT);
        RewardJudge gold = new RewardJudge(RewardTemplates.unit(check).load(), LIMIT)) {
      HoleHunt hunt = new HoleHunt(judge, gold, settings, 1);
      hunt.begin(tasks);
      long end = System.nanoTime() + SECONDS * 1_000_000_000L;
      hunt.mutate(ROUNDS, () -> System.nanoTime() > end);
      hunt.shrink(() -> System.nanoTime() > 2 * end);
      HoleHunt.Found found = hunt.found();
      List<String> classes = new ArrayList<>(probed.classes());
      found.tasksByClass().entrySet().stream()
          .filter(entry -> entry.getValue() >= 2)
          .sorted(Map.Entry.<AttackClass, Integer>comparingByValue().reversed())
          .map(entry -> entry.getKey().jsonName())
          .filter(name -> !classes.contains(name))
          .forEach(classes::add);
      for (Hole hole : found.holes()) {
        System.out.printf(
            Locale.ROOT,
            "      %s on %d tasks: reward %s, true score %s, for %s (%s) [%s]%n",
            hole.kind().jsonName(),
            found.tasksByClass().get(hole.kind()),
            hole.reward(),
            hole.trueScore(),
            hole.text().replace("\n", "\\n"),
            hole.reference(),
            hole.origin());
      }
      return new Finding(
          probed.line(), classes, probed.example(), probed.calls() + found.attempts());
    }
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

  private static void print(Finding finding) {
    Line line = finding.line();
    boolean good =
        line.fault().equals("-")
            ? finding.classes().isEmpty()
            : finding.classes().contains(line.fault());
    System.out.printf(
        Locale.ROOT,
        "%s %-9s %-34s %-14s %-10s found: %s%n",
        good ? " " : "!",
        line.set(),
        line.reward(),
        line.dataset(),
        line.fault(),
        String.join(", ", finding.classes()));
    if (finding.example() != null) {
      System.out.printf(
          Locale.ROOT,
          "      reward %s, gold %s, for %s%n",
          finding.example().reward(),
          finding.example().goldReward(),
          finding.example().text().replace("\n", "\\n"));
    }
  }

  private static void rates(List<Finding> findings) {
    Map<String, int[]> bySet = new TreeMap<>();
    for (Finding finding : findings) {
      int[] counts = bySet.computeIfAbsent(finding.line().set(), set -> new int[3]);
      boolean faulty = !finding.line().fault().equals("-");
      counts[0]++;
      counts[1] +=
          faulty
              ? finding.classes().contains(finding.line().fault()) ? 1 : 0
              : finding.classes().isEmpty() ? 0 : 1;
      counts[2] +=
          faulty
                  && !finding.classes().isEmpty()
                  && finding.classes().get(0).equals(finding.line().fault())
              ? 1
              : 0;
    }
    bySet.forEach(
        (set, counts) ->
            System.out.println(
                set.equals("faulty")
                    ? set
                        + ": "
                        + counts[1]
                        + " of "
                        + counts[0]
                        + " named, "
                        + counts[2]
                        + " first"
                    : set + ": " + counts[1] + " of " + counts[0] + " accused"));
  }
}
