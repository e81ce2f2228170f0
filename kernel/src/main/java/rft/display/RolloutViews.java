package rft.display;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rft.command.SampleRollouts;
import rft.prompt.Prompt;
import rft.rollout.Rollout;
import rft.rollout.RolloutGroup;
import rft.run.NumberText;
import rft.run.StoredRollout;

/** Shows prompts and rollouts, sampled just now or stored in a run. */
final class RolloutViews {
  private static final int MOST_GROUPS = 4;

  private RolloutViews() {}

  static Shown prompt(Prompt prompt) {
    return new Page()
        .heading(
            "prompt of task " + prompt.task().id(),
            NumberText.counted(prompt.tokens().length(), "token"))
        .block(prompt.text())
        .shown();
  }

  static Shown rollout(Rollout rollout) {
    return new Page()
        .heading("rollout " + rollout.index(), remark(rollout))
        .block(rollout.completion().text())
        .shown();
  }

  private static String remark(Rollout rollout) {
    return NumberText.counted(rollout.tokens().length(), "token")
        + ", log-prob "
        + NumberText.of(logProb(rollout))
        + ", ends by "
        + rollout.completion().finishReason().jsonName();
  }

  private static double logProb(Rollout rollout) {
    double sum = 0;
    for (float token : rollout.tokens().logProbs()) {
      sum += token;
    }
    return sum;
  }

  static Shown group(RolloutGroup group) {
    Sheet sheet = new Sheet("rollout", "tokens", "log-prob", "ends by", "completion");
    for (Rollout rollout : group.rollouts()) {
      sheet.row(
          rollout.index(),
          rollout.tokens().length(),
          logProb(rollout),
          rollout.completion().finishReason().jsonName(),
          rollout.completion().text());
    }
    return new Page()
        .heading("group of task " + group.prompt().task().id(), size(group.rollouts()))
        .block(group.prompt().text())
        .add(sheet)
        .shown();
  }

  private static String size(List<?> rollouts) {
    return NumberText.counted(rollouts.size(), "rollout");
  }

  static Shown stored(StoredRollout rollout) {
    Page page =
        new Page()
            .heading(
                "rollout %d of task %s".formatted(rollout.index(), rollout.taskId()),
                "step %d, %s, ends by %s"
                    .formatted(
                        rollout.step(),
                        NumberText.counted(rollout.trace().length(), "token"),
                        rollout.finishReason()));
    page.block(rollout.prompt()).block(rollout.text());
    page.say("advantage " + NumberText.of(rollout.advantage()));
    return page.add(RewardViews.verdict(rollout.verdict())).shown();
  }

  /** Returns stored rollouts as a table. */
  static Sheet stored(List<StoredRollout> rollouts) {
    Sheet sheet = new Sheet("task", "reward", "advantage", "tokens", "completion", "why");
    for (StoredRollout rollout : rollouts) {
      sheet.row(
          rollout.taskId(),
          Double.isNaN(rollout.reward())
              ? RewardViews.value(rollout.verdict())
              : (Object) rollout.reward(),
          rollout.advantage(),
          rollout.trace().length(),
          rollout.text(),
          RewardViews.remark(rollout.verdict()));
    }
    return sheet;
  }

  static Shown report(SampleRollouts.Report report) {
    Page page = new Page();
    report.groups().stream().limit(MOST_GROUPS).forEach(group -> page.add(sampled(group)));
    if (report.groups().size() > MOST_GROUPS) {
      page.note(
          MOST_GROUPS + " of " + report.groups().size() + " groups; a table of it has every one");
    }
    report
        .tooLong()
        .forEach(
            task ->
                page.trouble(
                    "%s left out: its prompt has %s, the context leaves room for %d"
                        .formatted(
                            task.taskId(),
                            NumberText.counted(task.tokens(), "token"),
                            task.limit())));
    return page.shown();
  }

  static Shown sampled(SampleRollouts.Group group) {
    // Answers with one text are one row: the first, with their number.
    Map<String, Integer> times = new LinkedHashMap<>();
    Map<String, SampleRollouts.Sampled> first = new LinkedHashMap<>();
    for (SampleRollouts.Sampled sampled : group.completions()) {
      times.merge(sampled.text(), 1, Integer::sum);
      first.putIfAbsent(sampled.text(), sampled);
    }
    Sheet sheet = new Sheet("reward", "times", "tokens", "log-prob", "completion", "why");
    for (SampleRollouts.Sampled sampled : first.values()) {
      boolean cut = sampled.finishReason().equals("length");
      sheet.row(
          RewardViews.value(sampled.verdict()),
          times.get(sampled.text()),
          sampled.tokens(),
          sampled.logProb(),
          sampled.text() + (cut ? " [cut]" : ""),
          RewardViews.remark(sampled.verdict()));
    }
    String reference = group.reference().isEmpty() ? "" : "reference " + group.reference();
    return new Page().heading(group.taskId(), reference).block(group.prompt()).add(sheet).shown();
  }
}
