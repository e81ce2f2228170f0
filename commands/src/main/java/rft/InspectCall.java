package rft;

import java.util.Map;
import rft.command.Inspect;
import rft.command.Inspection;
import rft.command.Run;
import rft.command.SampleRollouts;

/** The options of {@code inspect}, to be run at the end. */
public final class InspectCall extends Call<Inspection, InspectCall> {
  InspectCall() {
    super(Inspect::new);
  }

  /** A run; or diff and two checkpoints, RUN@A RUN@B. */
  public InspectCall run(String id) {
    return set(POSITIONAL, id);
  }

  /** A run; or diff and two checkpoints, RUN@A RUN@B. */
  public InspectCall run(Run run) {
    return set(POSITIONAL, run);
  }

  /** A run; or diff and two checkpoints, RUN@A RUN@B. */
  public InspectCall run(Run run, int step) {
    return set(POSITIONAL, run.id() + "@" + step);
  }

  /** Named rollouts in place of a run. */
  public InspectCall rollouts(String name) {
    return set("--rollouts", name);
  }

  /** Named rollouts in place of a run. */
  public InspectCall rollouts(SampleRollouts.Report report) {
    return set("--rollouts", report);
  }

  /** The step (default: the last). */
  public InspectCall step(int value) {
    return set("--step", value);
  }

  /** The group of this task. */
  public InspectCall task(String value) {
    return set("--task", value);
  }

  /** Groups of lowest mean reward. */
  public InspectCall worst() {
    return flag("--worst");
  }

  /** Groups of highest mean reward. */
  public InspectCall best() {
    return flag("--best");
  }

  /** Groups of largest spread (the default). */
  public InspectCall spread() {
    return flag("--spread");
  }

  /** Groups to show (default 1). */
  public InspectCall groups(int value) {
    return set("--groups", value);
  }

  /** Other weights of the reward's parts: rewards, order and advantages anew. */
  public InspectCall weights(Map<String, Double> byPart) {
    return entries("--weights", byPart);
  }

  /** The weight of one part; the others stay. */
  public InspectCall weight(String part, double weight) {
    return add("--weights", part + "=" + weight);
  }

  /** Of tokens: push, advantage, log-prob, entropy or kl (default push; kl in a diff). */
  public InspectCall colour(String value) {
    return set("--colour", value);
  }

  /** Two steps with checkpoints: the same tasks and draws side by side. */
  public InspectCall diff(int stepA, int stepB) {
    return set("--diff", stepA + "," + stepB);
  }

  /** Answers per task of a diff (default 4). */
  public InspectCall samples(int value) {
    return set("--samples", value);
  }
}
