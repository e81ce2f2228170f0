package rft.command;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import rft.reward.RewardJudge;
import rft.worker.WorkerReward;

/**
 * The check that says what is right, if there is one.
 *
 * @param judge applies it; null without one
 */
record GoldCheck(@Nullable RewardJudge judge) implements AutoCloseable {
  static GoldCheck named(@Nullable String name, Installation installation, Duration limit)
      throws IOException {
    return new GoldCheck(
        name == null ? null : WorkerReward.judge(installation.reward(name), limit));
  }

  @Override
  public void close() {
    if (judge != null) {
      judge.close();
    }
  }
}
