package rft.loop;

import java.util.ArrayList;
import java.util.List;
import rft.policy.CounterRandom;
import rft.policy.CounterRandom.Purpose;
import rft.prompt.Prompt;

/**
 * Which prompts a step trains on: every epoch is a fresh permutation, addressed by the step number
 * alone.
 */
final class TaskOrder {
  private final List<Prompt> prompts;
  private final int perStep;
  private final long seed;

  TaskOrder(List<Prompt> prompts, int perStep, long seed) {
    if (prompts.isEmpty()) {
      throw new IllegalArgumentException(
          "the training split has no tasks: check the dataset and its split");
    }
    this.prompts = prompts;
    this.perStep = perStep;
    this.seed = seed;
  }

  /** Returns the prompts of a step, counted from 1. */
  List<Prompt> at(int step) {
    List<Prompt> chosen = new ArrayList<>(perStep);
    long first = (long) (step - 1) * perStep;
    long epoch = -1;
    int[] order = {};
    for (long i = first; i < first + perStep; i++) {
      if (epoch != i / prompts.size()) {
        epoch = i / prompts.size();
        order = CounterRandom.permutation(prompts.size(), seed, Purpose.ORDER, epoch);
      }
      chosen.add(prompts.get(order[(int) (i % prompts.size())]));
    }
    return chosen;
  }
}
