package rft.run;

/**
 * How long a run is and what one step takes in.
 *
 * @param steps optimizer steps of the run
 * @param tasksPerStep tasks (groups) of one step
 * @param groupSize rollouts of one task, at least 2
 * @param innerIterations passes over the rollouts of a step; 1 is on-policy
 * @param microBatchRollouts rollouts of one forward and backward pass; bounds memory, changes no
 *     result but rounding
 * @param klEvery base log-probabilities of the rollouts are stored every that many steps; 0 never
 */
public record LoopOptions(
    int steps,
    int tasksPerStep,
    int groupSize,
    int innerIterations,
    int microBatchRollouts,
    int klEvery) {
  /** Most rollouts of one step: beyond it a mistyped option is more likely than a wish. */
  public static final int MAX_ROLLOUTS = 1 << 20;

  public LoopOptions {
    Bounds.atLeast("steps", steps, 1, "a run takes at least one step");
    Bounds.atLeast("tasksPerStep", tasksPerStep, 1, "a step needs a task");
    Bounds.atLeast("groupSize", groupSize, 2, "a group of one has no advantage");
    Bounds.atLeast("innerIterations", innerIterations, 1, "a step uses its rollouts at least once");
    Bounds.atLeast("microBatchRollouts", microBatchRollouts, 1, "a pass needs a rollout");
    Bounds.atLeast("klEvery", klEvery, 0, "0 stores no base log-probabilities");
    if ((long) tasksPerStep * groupSize > MAX_ROLLOUTS) {
      throw new IllegalArgumentException(
          "tasksPerStep x groupSize ("
              + tasksPerStep
              + " x "
              + groupSize
              + ") must be at most "
              + MAX_ROLLOUTS
              + " rollouts per step");
    }
  }

  /** Returns 50 steps of 8 tasks with 16 rollouts each, on-policy. */
  public static LoopOptions standard() {
    return new LoopOptions(50, 8, 16, 1, 32, 0);
  }

  /** Returns these options with another length. */
  public LoopOptions withSteps(int steps) {
    return new LoopOptions(
        steps, tasksPerStep, groupSize, innerIterations, microBatchRollouts, klEvery);
  }

  /** Returns these options with another number of tasks and rollouts per step. */
  public LoopOptions withGroups(int tasksPerStep, int groupSize) {
    return new LoopOptions(
        steps, tasksPerStep, groupSize, innerIterations, microBatchRollouts, klEvery);
  }
}
