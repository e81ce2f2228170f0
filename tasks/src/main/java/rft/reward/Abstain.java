package rft.reward;

import java.util.function.Function;

/**
 * The reward does not apply to this completion; it leaves the statistics of its group.
 *
 * @param reason one sentence for the reader
 */
public record Abstain(String reason) implements Verdict {
  @Override
  public double costUsd() {
    return 0;
  }

  @Override
  public <T> T fold(
      Function<Score, T> score, Function<Abstain, T> abstain, Function<Failure, T> failure) {
    return abstain.apply(this);
  }
}
