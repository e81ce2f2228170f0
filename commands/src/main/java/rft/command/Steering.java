package rft.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rft.loop.Trainer;
import rft.run.Metric;
import rft.run.RunControl;
import rft.run.RunFolder;

/**
 * Passes the wishes of the caller and of the run's control folder on to a training, and its steps
 * back.
 */
final class Steering implements Trainer.Control {
  private static final long POLL_NANOS = 200_000_000;

  private final String run;
  private final RunControl control;
  private final int steps;
  private final Progress progress;
  private final long start = System.nanoTime();
  private long nextPoll = start;
  private boolean asked;
  private boolean forGood;
  private int firstStep = -1;
  private double validation = Double.NaN;
  private boolean parted;

  Steering(RunFolder folder, int steps, Progress progress) {
    this.run = folder.id();
    this.control = new RunControl(folder);
    this.steps = steps;
    this.progress = progress;
  }

  /** Called by several threads, before each token and each micro-batch. */
  @Override
  public synchronized boolean stopRequested() {
    if (!asked && progress.stopRequested()) {
      asked = true;
    }
    long now = System.nanoTime();
    if (!asked && now - nextPoll >= 0) {
      nextPoll = now + POLL_NANOS;
      Optional<RunControl.Command> pending = control.pending();
      asked = pending.isPresent();
      forGood = pending.equals(Optional.of(RunControl.Command.STOP));
    }
    return asked;
  }

  @Override
  public synchronized boolean stopsForGood() {
    return forGood;
  }

  @Override
  public void stepFinished(int step, Map<String, Double> metrics) {
    if (firstStep < 0) {
      firstStep = step;
    }
    boolean hasParted = metrics.getOrDefault(Metric.VALIDATION_PARTED.key(), 0.0) == 1;
    if (hasParted && !parted) {
      progress.say("step " + step + ": reward and check part; rft runs show " + run);
    }
    parted = metrics.containsKey(Metric.VALIDATION_PARTED.key()) ? hasParted : parted;
    validation = metrics.getOrDefault(Metric.VALIDATION_ACCURACY.key(), validation);
    List<Progress.Reading> readings = new ArrayList<>();
    Double reward = metrics.get(Metric.REWARD_MEAN.key());
    if (reward != null) {
      readings.add(new Progress.Reading("reward", reward, ""));
    }
    if (!Double.isNaN(validation)) {
      readings.add(new Progress.Reading("validation", validation, ""));
    }
    Double speed = metrics.get(Metric.TOKENS_PER_SECOND.key());
    if (speed != null) {
      readings.add(new Progress.Reading("speed", speed, "tok/s"));
    }
    if (step > firstStep) {
      double perStep = (System.nanoTime() - start) / 1e9 / (step - firstStep);
      readings.add(new Progress.Reading("left", perStep * (steps - step), "s"));
    }
    progress.report(new Progress.Update("train", step, steps, readings));
    progress.stepFinished(new Progress.Step(run, step, steps, metrics));
  }
}
