package rft.loop;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import rft.dataset.Task;
import rft.optimizer.AdamW;
import rft.policy.PolicyView;
import rft.prompt.PromptSet;
import rft.reward.FailurePolicy;
import rft.rollout.LoadedModel;
import rft.run.Metric;
import rft.run.RunEvent;
import rft.run.RunWriter;
import rft.run.TrainOptions;
import rft.run.ValidationOptions;

/**
 * Runs a training from its first or last whole step to the end, recording everything on the way.
 */
public final class Trainer {
  /** After this many skipped steps in a row the run has diverged. */
  private static final int MAX_SKIPPED_IN_A_ROW = 3;

  private final LoadedModel model;
  private final TrainOptions options;
  private final Inputs inputs;
  private final RunWriter writer;
  private final Control control;
  private boolean toldUnscored;

  /**
   * What to train on and by.
   *
   * @param train tasks to learn from
   * @param validation tasks to choose by; never learned from
   * @param reward what a rollout is worth
   * @param truth the check that validation accuracy means
   * @param failures what a failed reward means
   */
  public record Inputs(
      List<Task> train,
      List<Task> validation,
      GroupJudge reward,
      GroupJudge truth,
      FailurePolicy failures) {}

  /** How the outside steers a run; interrupting the training thread is a stop as well. */
  public interface Control {
    /**
     * Returns whether to stop as soon as possible; the step in flight is abandoned and replayed on
     * resume.
     */
    boolean stopRequested();

    /** Returns whether the stop that was asked for is for good, not a pause. */
    default boolean stopsForGood() {
      return false;
    }

    /** Hears of every finished step with its metrics. */
    void stepFinished(int step, Map<String, Double> metrics);
  }

  /** How a run ended. */
  public enum Ending {
    FINISHED,
    /** Asked to pause; the last whole step is saved. */
    INTERRUPTED,
    /** Asked to stop for good; the last whole step is saved. */
    STOPPED,
    /** Three steps in a row were not finite. */
    DIVERGED,
    /** Too many rewards failed. */
    REWARD_FAILED
  }

  /**
   * The result of a run.
   *
   * @param ending how it ended
   * @param lastStep last whole step
   * @param reason one sentence
   */
  public record Outcome(Ending ending, int lastStep, String reason) {}

  public Trainer(
      LoadedModel model, TrainOptions options, Inputs inputs, RunWriter writer, Control control) {
    this.model = model;
    this.options = options;
    this.inputs = inputs;
    this.writer = writer;
    this.control = control;
  }

  /**
   * Returns how the run ended; the run folder holds the rest.
   *
   * @throws IOException if the run folder cannot be written; what was saved before stays usable
   */
  public Outcome run() throws IOException {
    TrainingSetup setup = new TrainingSetup(model, options, this::stopRequested);
    setup.prepare();
    PromptSet prompts = model.prompts(inputs.train(), options.sampling().maxNewTokens());
    try (AdamW optimizer = setup.optimizer()) {
      GrpoLoop loop = setup.loop(prompts, inputs.reward(), inputs.failures(), optimizer);
      RunRecorder recorder = new RunRecorder(writer, model, options, optimizer);
      boolean fresh = !recorder.started();
      Cursor cursor = recorder.restore();
      if (fresh) {
        recorder.reportTooLong(prompts.tooLong());
      }
      return run(loop, optimizer, recorder, cursor, fresh);
    }
  }

  private Outcome run(
      GrpoLoop loop, AdamW optimizer, RunRecorder recorder, Cursor from, boolean fresh)
      throws IOException {
    Cursor cursor = from;
    TruthWatch watch = new TruthWatch(writer, inputs.truth(), validationTasks().size());
    try {
      if (fresh) {
        Map<String, Double> metrics = validate(0, this::stopRequested);
        recorder.start(metrics);
        control.stepFinished(0, metrics);
      }
      while (cursor.step() < options.loop().steps()) {
        if (stopRequested()) {
          return stopped(recorder, cursor);
        }
        StepOutcome outcome = loop.step(cursor.step() + 1, this::stopRequested);
        // From here on the weights are those after this step: it is finished even if a stop comes
        // in.
        Map<String, Double> metrics = new LinkedHashMap<>(StepMetrics.of(outcome));
        metrics.putAll(validate(outcome.step(), () -> false));
        int version = writer.header().rewardVersionAt(outcome.step());
        if (version > 1) {
          metrics.put(Metric.REWARD_VERSION.key(), (double) version);
        }
        Optional<String> alarm = watch.after(outcome, metrics);
        int skipped = outcome.skipped() ? cursor.skippedInARow() + 1 : 0;
        Cursor next = new Cursor(outcome.step(), optimizer.updates(), skipped);
        Map<String, Double> recorded = recorder.step(outcome, metrics, next);
        cursor = next;
        if (alarm.isPresent()) {
          writer.event(RunEvent.Kind.ALARM, outcome.step(), alarm.get());
        }
        control.stepFinished(outcome.step(), recorded);
        Optional<Outcome> trouble = trouble(recorder, outcome, cursor);
        if (trouble.isPresent()) {
          return trouble.get();
        }
      }
      String done =
          cursor.step() == 1 ? "its one step done" : "all " + cursor.step() + " steps done";
      return end(recorder, Ending.FINISHED, cursor, done);
    } catch (CancellationException e) {
      return stopped(recorder, cursor);
    }
  }

  private boolean stopRequested() {
    return Thread.currentThread().isInterrupted() || control.stopRequested();
  }

  private Outcome stopped(RunRecorder recorder, Cursor cursor) throws IOException {
    boolean forGood = control.stopsForGood();
    String reason =
        (forGood ? "stopped after step " : "paused after step ")
            + cursor.step()
            + " of "
            + options.loop().steps();
    // An interrupted thread cannot write files: the interrupt is put aside for the last record.
    boolean interrupted = Thread.interrupted();
    try {
      return end(recorder, forGood ? Ending.STOPPED : Ending.INTERRUPTED, cursor, reason);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends the run where the step shows that going on is pointless. */
  private Optional<Outcome> trouble(RunRecorder recorder, StepOutcome outcome, Cursor cursor)
      throws IOException {
    if (cursor.skippedInARow() >= MAX_SKIPPED_IN_A_ROW) {
      String reason =
          "loss or gradient was not finite in "
              + cursor.skippedInARow()
              + " steps in a row, up to step "
              + cursor.step()
              + ": lower --lr or --max-grad-norm";
      return Optional.of(end(recorder, Ending.DIVERGED, cursor, reason));
    }
    List<JudgedGroup> judged = outcome.judged();
    if (inputs.failures().stopsRun(JudgedGroup.failures(judged), JudgedGroup.count(judged))) {
      String reason =
          Math.round(100 * JudgedGroup.failedShare(judged))
              + " % of the rewards of step "
              + cursor.step()
              + " failed: "
              + JudgedGroup.firstFailure(judged);
      return Optional.of(end(recorder, Ending.REWARD_FAILED, cursor, reason));
    }
    return Optional.empty();
  }

  private static Outcome end(RunRecorder recorder, Ending ending, Cursor cursor, String reason)
      throws IOException {
    RunEvent.Kind kind =
        switch (ending) {
          case FINISHED -> RunEvent.Kind.FINISHED;
          case INTERRUPTED -> RunEvent.Kind.PAUSED;
          case STOPPED -> RunEvent.Kind.STOPPED;
          case DIVERGED -> RunEvent.Kind.DIVERGED;
          case REWARD_FAILED -> RunEvent.Kind.FAILED;
        };
    recorder.end(kind, reason, cursor);
    return new Outcome(ending, cursor.step(), reason);
  }

  private List<Task> validationTasks() {
    int count = Math.min(options.validation().tasks(), inputs.validation().size());
    return inputs.validation().subList(0, count);
  }

  /** Returns the validation metrics of a step, or nothing where it is not due. */
  private Map<String, Double> validate(int step, BooleanSupplier stop) throws IOException {
    ValidationOptions validation = options.validation();
    boolean due =
        validation.isDue(step) || (validation.every() > 0 && step == options.loop().steps());
    if (!due || inputs.validation().isEmpty()) {
      return Map.of();
    }
    Evaluation evaluation =
        new Evaluator(model, inputs.truth(), options.seed())
            .evaluate(
                PolicyView.TUNED,
                validationTasks(),
                validation.samples(),
                TrainingSetup.settings(options.sampling()),
                stop);
    if (!evaluation.unscored().isEmpty() && !toldUnscored) {
      toldUnscored = true;
      writer.event(RunEvent.Kind.WARNING, step, evaluation.unscoredSentence());
    }
    return Map.of(
        Metric.VALIDATION_ACCURACY.key(),
        evaluation.accuracy().mean(),
        Metric.VALIDATION_REWARD.key(),
        evaluation.meanReward());
  }
}
