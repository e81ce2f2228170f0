package rft.loop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import rft.rollout.Rollout;
import rft.rollout.RolloutGroup;
import rft.run.Method;
import rft.run.Metric;
import rft.run.NumberText;
import rft.run.Point;
import rft.run.PrintableText;
import rft.run.RunReader;
import rft.run.RunWriter;
import rft.run.TruthAlarm;

/** Watches whether the check that trains nothing still follows the reward that trains. */
final class TruthWatch {
  private static final int MOST_SHOWN = 3;
  private static final int LONGEST_TEXT = 80;

  private final RunWriter writer;
  private final GroupJudge truth;
  private final int tasks;

  /** One rollout by both measures. */
  private record Seen(String task, Rollout rollout, double reward, double check) {
    String text() {
      String answer = PrintableText.line(rollout.completion().text());
      return "task "
          + task
          + ", rollout "
          + rollout.index()
          + ": reward "
          + NumberText.of(reward)
          + ", check "
          + NumberText.of(check)
          + ", \""
          + (answer.length() <= LONGEST_TEXT ? answer : answer.substring(0, LONGEST_TEXT) + "..")
          + "\"";
    }
  }

  /**
   * @param truth the check
   * @param tasks of one validation
   */
  TruthWatch(RunWriter writer, GroupJudge truth, int tasks) {
    this.writer = writer;
    this.truth = truth;
    this.tasks = tasks;
  }

  /**
   * Adds to the metrics of a step that validated whether reward and check have parted, and returns
   * what to say when that is news: the figures, and the rollouts that the reward pays best and the
   * check refuses.
   */
  Optional<String> after(StepOutcome outcome, Map<String, Double> metrics) throws IOException {
    Double accuracy = metrics.get(Metric.VALIDATION_ACCURACY.key());
    Double reward = metrics.get(Metric.REWARD_MEAN.key());
    boolean watched =
        writer.header().check() != null && writer.header().options().method() == Method.GRPO;
    if (!watched || accuracy == null || reward == null) {
      return Optional.empty();
    }
    try (RunReader reader = RunReader.open(writer.folder())) {
      Optional<TruthAlarm> alarm =
          TruthAlarm.of(
              and(reader.metric(Metric.REWARD_MEAN.key()), outcome.step(), reward),
              and(reader.metric(Metric.VALIDATION_ACCURACY.key()), outcome.step(), accuracy),
              tasks,
              writer.header().rewardSince(outcome.step()));
      metrics.put(Metric.VALIDATION_PARTED.key(), alarm.isPresent() ? 1.0 : 0.0);
      List<Point> before = reader.metric(Metric.VALIDATION_PARTED.key());
      boolean known = !before.isEmpty() && before.get(before.size() - 1).value() == 1;
      return alarm.isEmpty() || known
          ? Optional.empty()
          : Optional.of(alarm.get().sentence() + evidence(outcome));
    }
  }

  private static List<Point> and(List<Point> points, int step, double value) {
    List<Point> more = new ArrayList<>(points);
    more.add(new Point(step, value));
    return more;
  }

  private String evidence(StepOutcome outcome) {
    List<RolloutGroup> groups = outcome.groups().stream().map(ScoredGroup::group).toList();
    List<JudgedGroup> checked = truth.judge(groups, outcome.step());
    List<Seen> paid = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      for (int i = 0; i < groups.get(g).rollouts().size(); i++) {
        double check = checked.get(g).verdicts().get(i).reward().orElse(Double.NaN);
        double reward = outcome.groups().get(g).rewards().get(i);
        if (check < Evaluation.FULL_MARKS && !Double.isNaN(reward)) {
          String task = groups.get(g).prompt().task().id();
          paid.add(new Seen(task, groups.get(g).rollouts().get(i), reward, check));
        }
      }
    }
    paid.sort(Comparator.comparingDouble(Seen::reward).reversed());
    return paid.isEmpty()
        ? ""
        : paid.stream()
            .limit(MOST_SHOWN)
            .map(Seen::text)
            .collect(Collectors.joining("; ", "; paid best and refused by the check: ", ""));
  }
}
