package rft.command;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import rft.reward.RewardUnit;
import rft.run.Method;
import rft.run.RunControl;
import rft.run.RunFolder;
import rft.run.RunReader;

/** Sends a training another reward, which counts from its next step on. */
@Command(
    name = "runs reward",
    description = "Give a run another reward from its next step on.",
    footer = "  rft runs reward addition-20261124-213012-3f2a Stricter.java")
public final class RunsReward implements Verb<RunsReward.Sent> {
  @Parameters(
      index = "0",
      arity = "1",
      paramLabel = "RUN",
      completionCandidates = Names.Runs.class,
      description = "The run's id (rft runs list).")
  private String id = "";

  @Parameters(
      index = "1",
      arity = "1",
      paramLabel = "R",
      completionCandidates = Names.Rewards.class,
      description = "A ready reward's name, a reward's file or address.")
  private String reward = "";

  /** For picocli, which sets the options. */
  public RunsReward() {}

  /**
   * What was sent.
   *
   * @param run the run's id
   * @param reward its name
   * @param sha256 of its unit
   * @param lastStep the run's last whole step when it was sent
   */
  public record Sent(String run, String reward, String sha256, int lastStep) implements Result {
    @Override
    public Optional<String> text() {
      return Optional.of(
          "sent reward "
              + reward
              + " "
              + sha256.substring(0, 12)
              + " to run "
              + run
              + ", which is at step "
              + lastStep
              + ": it counts from the next step that is judged");
    }
  }

  @Override
  public Sent run(Progress progress) throws IOException {
    return send(Run.named(id), Installation.current().reward(reward));
  }

  /**
   * Sends a reward to a run.
   *
   * @throws CommandException if no trainer works on it, or it trains without a reward
   */
  public static Sent send(Run run, RewardUnit unit) throws IOException {
    RunFolder folder = run.folder();
    RunsControl.requireTrainer(folder);
    try (RunReader reader = RunReader.open(folder)) {
      Method method = reader.header().options().method();
      if (method == Method.SFT_REFERENCE || method == Method.RANDOM_REWARD) {
        throw new CommandException(
            ExitCode.USAGE,
            "run " + folder.id() + " trains by " + method.jsonName() + ", which asks no reward");
      }
      // Fails here, where the one who sent it sees it, not in the trainer.
      new TrialJudge(Duration.ofSeconds(1)).requireLoadable(unit);
      new RunControl(folder).sendReward(unit);
      return new Sent(folder.id(), unit.name(), unit.sha256(), reader.lastStep());
    }
  }
}
