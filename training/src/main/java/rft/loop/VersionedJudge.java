package rft.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;
import rft.rollout.RolloutGroup;
import rft.run.RunControl;
import rft.run.RunEvent;
import rft.run.RunHeader;
import rft.run.RunWriter;

/**
 * Judges by the reward of a run, which may be replaced while it trains: a reward that was sent
 * counts from the next step that is judged. Each step is judged by the version that the run's
 * header names for it, so that a resumed run repeats what it did.
 */
public final class VersionedJudge implements GroupJudge, AutoCloseable {
  private final RunWriter writer;
  private final RunControl control;
  private final Function<RewardUnit, RewardJudge> judges;
  private RewardUnit unit;
  private RewardJudge judge;
  private int version = 1;

  /**
   * @param first the reward that the run began with
   * @param judges makes the judge of a reward, which this closes
   */
  public VersionedJudge(
      RunWriter writer, RewardUnit first, Function<RewardUnit, RewardJudge> judges) {
    this.writer = writer;
    this.control = new RunControl(writer.folder());
    this.judges = judges;
    this.unit = first;
    this.judge = judges.apply(first);
  }

  @Override
  public List<JudgedGroup> judge(List<RolloutGroup> groups, int step) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
    try {
      takeSent(step);
      follow(step);
    } catch (IOException e) {
      throw new UncheckedIOException("the run's reward cannot be replaced", e);
    }
    return current(groups, step);
  }

  /** Judges by the version that counts now, without looking for another. */
  public List<JudgedGroup> current(List<RolloutGroup> groups, int step) {
    return new RewardGroupJudge(judge).judge(groups, step);
  }

  private void takeSent(int step) throws IOException {
    try {
      Optional<RewardUnit> sent = control.takeReward();
      if (sent.isPresent() && !sent.get().equals(unit)) {
        // A reward that cannot be loaded must not become the run's.
        judges.apply(sent.get()).close();
        writer.changeReward(sent.get(), step);
      }
    } catch (IllegalArgumentException e) {
      writer.event(
          RunEvent.Kind.WARNING,
          step - 1,
          "a reward that was sent cannot be used, the old one stays: " + e.getMessage());
    }
  }

  private void follow(int step) throws IOException {
    RunHeader header = writer.header();
    int wanted = header.rewardVersionAt(step);
    if (wanted == version) {
      return;
    }
    judge.close();
    unit = RewardUnit.readJar(writer.folder().rewardJar(wanted));
    judge = judges.apply(unit);
    version = wanted;
    boolean isSeam =
        header.rewardChanges().stream().anyMatch(c -> c.version() == wanted && c.step() == step);
    if (isSeam) {
      writer.event(
          RunEvent.Kind.REWARD_CHANGED,
          step,
          "version %d, %s %s, counts from step %d on"
              .formatted(wanted, unit.name(), unit.sha256().substring(0, 12), step));
    }
  }

  @Override
  public void close() {
    judge.close();
  }
}
