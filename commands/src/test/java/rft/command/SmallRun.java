package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** A short run of the bundled model, trained once for all tests that look at it. */
final class SmallRun {
  private static final String REWARD =
      """
      @Weight(1) double correctness(String completion, String answer) {
        return completion.endsWith("#### " + answer) ? 1 : 0;
      }
      @Weight(0.25) double brevity(Completion rollout) {
        return 1.0 / rollout.tokenCount();
      }
      @Weight(0) double tokens(Completion rollout) {
        return rollout.tokenCount();
      }
      """;

  private static @Nullable String id;

  private SmallRun() {}

  /** Returns the run's id; its steps 2 and 3 have rollouts, base log-probs those of step 3. */
  static synchronized String id() throws IOException, InterruptedException {
    if (id == null) {
      assertNotNull(System.getenv("RFT_HOME"), "set RFT_HOME to a folder that tests may fill");
      Path reward = Files.createTempDirectory("small-run").resolve("Shaped.java");
      Files.writeString(reward, REWARD);
      Train.Report report =
          run(
              new Train(),
              "--data=addition",
              "--reward=" + reward,
              "--steps=3",
              "--tasks-per-step=4",
              "--group-size=8",
              "--max-new-tokens=32",
              "--kl-every=3",
              "--validate-every=1",
              "--validation-tasks=4",
              "--validation-samples=1",
              "--lr=0.01",
              "--threads=1");
      assertEquals(ExitCode.OK, report.exitCode());
      id = report.runs().get(0).id();
    }
    return id;
  }

  /** Returns what a verb with these options returns. */
  static <R extends Result> R run(Verb<R> verb, String... options)
      throws IOException, InterruptedException {
    new CommandLine(verb).parseArgs(options);
    return verb.run(Progress.SILENT);
  }
}
