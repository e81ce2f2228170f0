package rft.health;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import rft.run.LoopOptions;
import rft.run.LossKind;
import rft.run.LossOptions;
import rft.run.Metric;
import rft.run.Point;
import rft.run.RolloutRow;
import rft.run.RunInputs;
import rft.run.RunStatus;
import rft.run.TrainOptions;

/** Builds a run for a rule to look at: so many steps, and each metric as a function of the step. */
final class CourseSketch {
  private final int steps;
  private final Map<Metric, Series> series = new EnumMap<>(Metric.class);
  private TrainOptions options =
      TrainOptions.standard(RunInputs.onCpu("tiny-chat", "addition", "number-match"));
  private RunStatus status = RunStatus.RUNNING;
  private String lastWord = "";
  private Duration silence = Duration.ZERO;
  private boolean checked;
  private int validationTasks = 500;
  private int rewardSince = 1;
  private RolloutIndex rollouts = step -> List.of();

  CourseSketch(int steps) {
    this.steps = steps;
    options = options.withLoop(options.loop().withSteps(steps));
  }

  CourseSketch with(Metric metric, IntToDoubleFunction value) {
    return with(
        metric,
        IntStream.rangeClosed(1, steps)
            .mapToObj(step -> new Point(step, value.applyAsDouble(step)))
            .toList());
  }

  CourseSketch with(Metric metric, List<Point> points) {
    series.put(metric, Series.of(points));
    return this;
  }

  CourseSketch options(UnaryOperator<TrainOptions> change) {
    options = change.apply(options);
    return this;
  }

  CourseSketch loss(LossKind kind) {
    LossOptions loss = LossOptions.standard(kind);
    options =
        new TrainOptions(
            options.method(),
            options.inputs(),
            options.loop(),
            options.sampling(),
            loss,
            options.optimizer(),
            options.adapter(),
            options.validation(),
            options.checkpoint(),
            options.reward(),
            options.seed());
    return this;
  }

  CourseSketch shape(int groupSize, int innerIterations, int maxNewTokens) {
    LoopOptions loop = options.loop();
    options =
        options
            .withLoop(
                new LoopOptions(
                    loop.steps(), loop.tasksPerStep(), groupSize, innerIterations, 32, 0))
            .withSampling(options.sampling().withMaxNewTokens(maxNewTokens));
    return this;
  }

  CourseSketch validationTasks(int tasks) {
    validationTasks = tasks;
    return this;
  }

  /** Says that the reward was replaced, and is this one from a step on. */
  CourseSketch rewardSince(int step) {
    rewardSince = step;
    return this;
  }

  CourseSketch checked() {
    checked = true;
    return this;
  }

  CourseSketch status(RunStatus status, String lastWord) {
    this.status = status;
    this.lastWord = lastWord;
    return this;
  }

  CourseSketch silentFor(Duration silence) {
    this.silence = silence;
    return this;
  }

  CourseSketch rollouts(List<RolloutRow> rows) {
    rollouts = step -> rows.stream().filter(row -> row.step() == step).toList();
    return this;
  }

  Course course() {
    return new Course(
        new Course.Facts(
            options,
            checked,
            validationTasks,
            status,
            lastWord,
            step -> rewardSince <= step ? rewardSince : 1,
            silence,
            IntStream.range(0, steps).boxed().toList()),
        series,
        rollouts);
  }
}
