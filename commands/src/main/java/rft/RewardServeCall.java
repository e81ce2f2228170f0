package rft;

import java.nio.file.Path;
import rft.command.RewardServe;
import rft.reward.RewardUnit;

/** The options of {@code reward serve}, to be run at the end; it runs until it is interrupted. */
public final class RewardServeCall extends Call<RewardServe.Served, RewardServeCall> {
  RewardServeCall() {
    super(RewardServe::new);
  }

  /** A ready reward's name, a reward's file or address. */
  public RewardServeCall reward(String name) {
    return set(POSITIONAL, name);
  }

  /** A ready reward's name, a reward's file or address. */
  public RewardServeCall reward(Path file) {
    return set(POSITIONAL, file);
  }

  /** A ready reward's name, a reward's file or address. */
  public RewardServeCall reward(RewardUnit unit) {
    return set(POSITIONAL, unit);
  }

  /** Port on the loopback address (default: any that is free). */
  public RewardServeCall port(int value) {
    return set("--port", value);
  }

  /** Answer events on standard input with lines on standard output. */
  public RewardServeCall stdio() {
    return flag("--stdio");
  }

  /** Let every program of this machine call it. */
  public RewardServeCall noToken() {
    return flag("--no-token");
  }

  /** Events answered at once. */
  public RewardServeCall parallel(int value) {
    return set("--parallel", value);
  }

  /** Time limit of one call. */
  public RewardServeCall rewardSeconds(double value) {
    return set("--reward-seconds", value);
  }
}
