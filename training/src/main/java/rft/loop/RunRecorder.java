package rft.loop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rft.dataset.Split;
import rft.dataset.Task;
import rft.loss.KlEstimator;
import rft.optimizer.AdamW;
import rft.policy.PolicyView;
import rft.policy.Scorer;
import rft.policy.Shapes;
import rft.prompt.PromptSet;
import rft.rollout.LoadedModel;
import rft.rollout.Rollout;
import rft.run.CheckpointOptions;
import rft.run.CheckpointStore;
import rft.run.Method;
import rft.run.Metric;
import rft.run.NumberText;
import rft.run.RunControl;
import rft.run.RunEvent;
import rft.run.RunReader;
import rft.run.RunWriter;
import rft.run.SamplingOptions;
import rft.run.StoredRollout;
import rft.run.TrainOptions;

/** Writes what a training does into its run folder, and brings the last whole step back. */
final class RunRecorder {
  private static final int TASKS_NAMED = 5;
  private static final int STEPS_BETWEEN_LASTING_CHECKPOINTS = 10;

  private final RunWriter writer;
  private final CheckpointStore checkpoints;
  private final LoadedModel model;
  private final TrainOptions options;
  private final TrainingState state;

  RunRecorder(RunWriter writer, LoadedModel model, TrainOptions options, AdamW optimizer) {
    this.writer = writer;
    this.checkpoints = writer.checkpoints();
    this.model = model;
    this.options = options;
    this.state = new TrainingState(model, options.adapter(), optimizer);
  }

  /** Says how many training tasks are left out because their prompts are too long, and which. */
  void reportTooLong(List<PromptSet.TooLong> tooLong) throws IOException {
    if (tooLong.isEmpty()) {
      return;
    }
    String named =
        tooLong.stream()
            .limit(TASKS_NAMED)
            .map(task -> task.taskId() + " with " + task.tokens())
            .collect(Collectors.joining(", "));
    writer.event(
        RunEvent.Kind.WARNING,
        0,
        NumberText.counted(tooLong.size(), "training task")
            + (tooLong.size() == 1 ? " is" : " are")
            + " left out, because the context leaves room for a prompt of "
            + tooLong.get(0).limit()
            + " tokens: "
            + named
            + (tooLong.size() > TASKS_NAMED ? " and more" : ""));
  }

  /**
   * Returns where the run stands; a run that has a checkpoint goes on from it, and what was written
   * later is dropped.
   */
  Cursor restore() throws IOException {
    int step = checkpoints.latest().orElse(-1);
    if (step < 0) {
      writer.truncateAfter(-1);
      return new Cursor(0, 0, 0);
    }
    Cursor cursor = state.restore(checkpoints.folder(step));
    writer.truncateAfter(step);
    rememberBest(step);
    String origin = writer.header().forkedFrom();
    if (origin != null && origin.endsWith("@" + step)) {
      writer.event(RunEvent.Kind.FORKED, step, "goes on from " + origin);
    } else {
      writer.event(RunEvent.Kind.RESUMED, step, "goes on after step " + step);
    }
    return cursor;
  }

  /** Makes up for a process that was killed after it wrote a checkpoint, before it was rated. */
  private void rememberBest(int step) throws IOException {
    if (due(step)) {
      try (RunReader reader = RunReader.open(writer.folder())) {
        Double accuracy = reader.metricsAt(step).get(Metric.VALIDATION_ACCURACY.key());
        if (accuracy != null) {
          checkpoints.markBest(step, accuracy);
        }
      }
    }
  }

  /** Returns whether the run already holds its starting point. */
  boolean started() throws IOException {
    return checkpoints.latest().isPresent();
  }

  /** Records the untrained policy. */
  void start(Map<String, Double> metrics) throws IOException {
    writer.event(
        RunEvent.Kind.STARTED,
        0,
        options.method().jsonName() + ", " + NumberText.counted(options.loop().steps(), "step"));
    writer.writeStep(0, metrics, List.of());
    checkpoint(new Cursor(0, 0, 0), metrics);
  }

  /**
   * Records a whole step, and a checkpoint where one is due.
   *
   * @return the metrics with the divergence from the base, where its log-probs were due
   */
  Map<String, Double> step(StepOutcome outcome, Map<String, Double> metrics, Cursor cursor)
      throws IOException {
    List<StoredRollout> rollouts = stored(outcome);
    Map<String, Double> all = new LinkedHashMap<>(metrics);
    if (drawnFromPolicy()) {
      divergence(rollouts).ifPresent(kl -> all.putIfAbsent(Metric.KL.key(), kl));
    }
    writer.writeStep(outcome.step(), all, rollouts);
    if (outcome.skipped()) {
      writer.event(RunEvent.Kind.STEP_SKIPPED, outcome.step(), skipped(outcome));
    }
    writer.heartbeat();
    if (due(outcome.step())) {
      checkpoint(cursor, metrics);
    }
    return all;
  }

  /**
   * Returns whether the sampler's log-probs are those of the whole policy that is trained: not of
   * its likeliest tokens alone, nor of the base, nor none.
   */
  private boolean drawnFromPolicy() {
    SamplingOptions sampling = options.sampling();
    return sampling.topP() == 1
        && sampling.topK() == 0
        && options.method() != Method.SFT_REFERENCE
        && options.method() != Method.SFT_SELF;
  }

  /** Returns the token mean of the k3 estimate against the base, where its log-probs are known. */
  private static OptionalDouble divergence(List<StoredRollout> rollouts) {
    double sum = 0;
    long tokens = 0;
    for (StoredRollout rollout : rollouts) {
      float[] base = rollout.trace().baseLogProbs();
      if (base == null) {
        return OptionalDouble.empty();
      }
      float[] own = rollout.trace().logProbs();
      boolean[] mask = rollout.trace().mask();
      for (int t = 0; t < own.length; t++) {
        if (mask[t]) {
          sum += KlEstimator.K3.value((double) base[t] - own[t]);
          tokens++;
        }
      }
    }
    return tokens == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / tokens);
  }

  private static String skipped(StepOutcome outcome) {
    long left = outcome.updates().stream().filter(GrpoLoop.Update::skipped).count();
    return "loss or gradient was not finite; "
        + (left == outcome.updates().size()
            ? "weights unchanged"
            : left + " of " + outcome.updates().size() + " updates left out");
  }

  /**
   * Records how the run ended, with a checkpoint of its last whole step; a run that has not started
   * has none, and one that was interrupted inside its next step, after an update, keeps the one
   * before.
   */
  void end(RunEvent.Kind kind, String reason, Cursor cursor) throws IOException {
    boolean due = started() && checkpoints.latest().orElse(-1) != cursor.step();
    if (due && state.isAt(cursor)) {
      checkpoint(cursor, Map.of());
    }
    writer.event(kind, cursor.step(), reason);
  }

  private boolean due(int step) {
    CheckpointOptions checkpoint = options.checkpoint();
    // Where the run may choose, what was measured is kept: else the best could not be loaded.
    boolean measured = checkpoint.every() == 0 && options.validation().isDue(step);
    return measured
        || checkpoint.isDue(step, bytesOfCheckpoint())
        || step == options.loop().steps();
  }

  /** Weights and two moments in float32. */
  private long bytesOfCheckpoint() {
    long values = model.policy().shapes().values().stream().mapToLong(Shapes::count).sum();
    return 3 * Float.BYTES * values;
  }

  private void checkpoint(Cursor cursor, Map<String, Double> metrics) throws IOException {
    checkpoints.write(cursor.step(), folder -> state.write(folder, cursor));
    Double accuracy = metrics.get(Metric.VALIDATION_ACCURACY.key());
    if (accuracy != null) {
      checkpoints.markBest(cursor.step(), accuracy);
    }
    Set<Integer> held = new RunControl(writer.folder()).held();
    checkpoints.keepOnly(
        CheckpointStore.KEPT,
        step -> step % STEPS_BETWEEN_LASTING_CHECKPOINTS == 0 || held.contains(step));
  }

  private List<StoredRollout> stored(StepOutcome outcome) {
    List<StoredRollout> rows = new ArrayList<>();
    boolean withBase = baseDue(outcome.step());
    for (ScoredGroup group : outcome.groups()) {
      List<float[]> base = withBase ? baseLogProbs(group) : List.of();
      for (int i = 0; i < group.verdicts().size(); i++) {
        rows.add(stored(outcome.step(), group, i, withBase ? base.get(i) : null));
      }
    }
    return rows;
  }

  private boolean baseDue(int step) {
    int every = options.loop().klEvery();
    return every > 0 && step % every == 0 && model.policy().hasBase();
  }

  private List<float[]> baseLogProbs(ScoredGroup group) {
    List<Scorer.Row> rows = new ArrayList<>();
    for (Rollout rollout : group.group().rollouts()) {
      rows.add(Scorer.Row.of(0, rollout.tokens().tokens()));
    }
    int[] prompt = group.group().prompt().tokens().toArray();
    return new Scorer(model.policy(), options.sampling().temperature())
        .score(PolicyView.BASE, List.of(prompt), rows)
        .logProbs();
  }

  private StoredRollout stored(int step, ScoredGroup group, int index, float @Nullable [] base) {
    Rollout rollout = group.group().rollouts().get(index);
    Task task = group.group().prompt().task();
    boolean[] mask = new boolean[rollout.tokens().length()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = rollout.mask().at(i);
    }
    return new StoredRollout(
        step,
        group.group().position(),
        rollout.index(),
        task.id(),
        Split.TRAIN.jsonName(),
        task.promptText(),
        rollout.completion().text(),
        rollout.completion().finishReason().jsonName(),
        rollout.tokens().tokens(),
        mask,
        rollout.tokens().logProbs(),
        rollout.tokens().entropies(),
        base,
        group.verdicts().get(index),
        group.rewards().get(index),
        group.advantages().get(index));
  }
}
