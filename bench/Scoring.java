import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import rft.Rft;
import rft.command.RewardTry;
import rft.command.SampleRollouts;
import rft.command.Workspace;
import rft.reward.RewardCompiler;
import rft.reward.Score;

/**
 * Time to score 100,000 rollouts through {@code rft reward try}: that of the reward's calls, and
 * that of the whole verb. Run it from the repository's root after a build:
 *
 * <pre>
 * java -Drft.root=. -cp "target/lib/rft-tasks/*:target/lib/rft-runs/*:target/lib/rft-reward-templates/*:target/lib/rft-training/*:target/lib/rft-commands/*" bench/Scoring.java
 * </pre>
 */
public class Scoring {
  private static final int ROLLOUTS = 100_000;
  private static final int GROUP = 16;
  private static final int REPEATS = 7;

  public static void main(String[] arguments) throws Exception {
    Workspace workspace = Workspace.current();
    workspace.put("rollouts", rollouts());
    RewardCompiler compiler = new RewardCompiler();
    workspace.put("cell", compiler.compile("cell", "return completion.strip().equals(answer);"));
    workspace.put(
        "remembering",
        compiler.compile(
            "remembering",
            """
            private int calls;
            boolean reward(String completion, String answer) { calls++; return completion.equals(answer); }
            """));
    workspace.put(
        "parts",
        compiler.compile(
            "parts",
            """
            boolean correct(String completion, String answer) { return completion.equals(answer); }
            @Weight(0.2) double brief(String completion) { return completion.length() < 4 ? 1 : 0; }
            """));
    System.out.printf("%-14s %22s %22s%n", "reward", "calls, s", "verb, s");
    for (String reward : List.of("exact-match", "cell", "remembering", "parts")) {
      List<Double> calls = new ArrayList<>();
      List<Double> verb = new ArrayList<>();
      for (int i = 0; i < REPEATS; i++) {
        long start = System.nanoTime();
        RewardTry.Report report =
            Rft.score().reward(reward).rollouts("rollouts").rows(0).limit(ROLLOUTS).run();
        verb.add((System.nanoTime() - start) / 1e9);
        calls.add(report.seconds());
        if (report.rollouts().scored() != ROLLOUTS || report.rollouts().fullMarks() == 0) {
          throw new IllegalStateException("scored " + report.rollouts());
        }
      }
      System.out.printf("%-14s %22s %22s%n", reward, figures(calls), figures(verb));
    }
  }

  private static SampleRollouts.Report rollouts() {
    List<SampleRollouts.Group> groups = new ArrayList<>();
    for (int g = 0; g < ROLLOUTS / GROUP; g++) {
      List<SampleRollouts.Sampled> sampled = new ArrayList<>();
      for (int i = 0; i < GROUP; i++) {
        String text = Integer.toString(g % 100 + (i % 4 == 0 ? 0 : i));
        sampled.add(new SampleRollouts.Sampled(text, 3, "stop", -1, Score.of(0)));
      }
      String answer = Integer.toString(g % 100);
      groups.add(new SampleRollouts.Group("t" + g, "How much is " + answer + "?", answer, sampled));
    }
    return new SampleRollouts.Report(groups, List.of());
  }

  /** Median with the least and the most. */
  private static String figures(List<Double> seconds) {
    List<Double> sorted = seconds.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%.3f (%.3f to %.3f)",
        sorted.get(REPEATS / 2),
        sorted.get(0),
        sorted.get(REPEATS - 1));
  }
}
