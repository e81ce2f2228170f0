package rft.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.loop.Trainer;

/**
 * A run after its training.
 *
 * @param id the run
 * @param folder where it lies
 * @param seed of its draws
 * @param ending how it ended
 * @param reason the ending in a sentence
 * @param steps last whole step
 * @param validationBefore sampled accuracy before training; null if it was not measured
 * @param validationBest the best one, which may be the first; null if it was not measured
 * @param bestStep step of the best one; null if it was not measured
 * @param trainSeconds wall time of the training in this process
 * @param next the command that goes on from here
 */
public record TrainedRun(
    String id,
    String folder,
    long seed,
    Trainer.Ending ending,
    String reason,
    int steps,
    @Nullable Double validationBefore,
    @Nullable Double validationBest,
    @Nullable Integer bestStep,
    double trainSeconds,
    String next)
    implements Result {
  @Override
  public ExitCode exitCode() {
    return switch (ending) {
      case FINISHED -> ExitCode.OK;
      case INTERRUPTED, STOPPED -> ExitCode.INTERRUPTED;
      case DIVERGED -> ExitCode.DIVERGED;
      case REWARD_FAILED -> ExitCode.FAILED;
    };
  }

  @Override
  public Optional<String> problem() {
    return switch (ending) {
      case FINISHED, INTERRUPTED, STOPPED -> Optional.empty();
      case DIVERGED, REWARD_FAILED -> Optional.of("run " + id + " ended early: " + reason);
    };
  }
}
