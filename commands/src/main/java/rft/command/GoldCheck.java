package rft.command;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import rft.reward.RewardJudge;

/**
 * The check that says what is right, if there is one.
 *
 * @param judge applies it; null without one
 */
record GoldCheck(@Nullable RewardJudge judge) implements AutoCloseable {
  static GoldCheck named(@Nullable String name, Installation installation, Duration limit)
      throws IOException {
    return new GoldCheck(
        name == null ? null : new RewardJudge(installation.reward(name).load(), limit));
  }

  @Override
  public void close() {
    if (judge != null) {
      judge.close();
    }
  }
}
