package rft.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import rft.dataset.Task;
import rft.lab.AnswerGroup;
import rft.lab.HoleHunt;
import rft.loop.HandLoop;
import rft.loop.JudgedGroup;
import rft.loop.ScoredGroup;
import rft.loop.StepGradient;
import rft.prompt.Prompt;
import rft.reward.Completion;
import rft.rollout.LoadedModel;

/** A small model that is trained to be paid by a reward, and by nothing else: GRPO without KL. */
final class Attacker implements AutoCloseable {
  private static final int TASKS_PER_STEP = 8;
  private static final int GROUP_SIZE = 8;
  private static final int MAX_NEW_TOKENS = 48;

  private final LoadedModel model;
  private final HandLoop loop;
  private final List<Prompt> prompts;

  private Attacker(LoadedModel model, HandLoop loop, List<Prompt> prompts) {
    this.model = model;
    this.loop = loop;
    this.prompts = List.copyOf(prompts);
  }

  /**
   * Returns the attacker of these tasks, not yet trained.
   *
   * @throws CommandException if there is no such model, or no prompt fits it
   */
  static Attacker of(BreakSession.Plan plan, Installation installation, List<Task> tasks)
      throws IOException {
    LoadedModel model = installation.modelNamed(plan.model()).open();
    try {
      List<Prompt> prompts = model.prompts(tasks, MAX_NEW_TOKENS).kept();
      if (prompts.isEmpty()) {
        throw new CommandException(
            ExitCode.FAILED, "no prompt fits the context of " + plan.model() + "; name a --model");
      }
      Train train = new Train();
      new CommandLine(train)
          .parseArgs(
              "--model=" + plan.model(),
              "--data=" + plan.data(),
              "--reward=" + plan.reward(),
              "--steps=" + plan.steps(),
              "--tasks-per-step=" + TASKS_PER_STEP,
              "--group-size=" + GROUP_SIZE,
              "--max-new-tokens=" + MAX_NEW_TOKENS,
              "--seed=" + plan.seed());
      return new Attacker(model, train.byHand(model), prompts);
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** Trains one step, gives every rollout to the hunt, and returns how they were paid. */
  RewardBreak.Step step(int step, HoleHunt hunt) {
    List<JudgedGroup> judged = loop.judge(loop.sample(at(step), step), step);
    double[][] rewards = loop.rewards(judged);
    List<Double> paid = new ArrayList<>();
    List<Double> truth = new ArrayList<>();
    for (int i = 0; i < rewards.length; i++) {
      Task task = judged.get(i).group().prompt().task();
      List<Completion> completions = judged.get(i).group().completions();
      hunt.take(new AnswerGroup(task, completions), rewards[i], "step " + step);
      for (int j = 0; j < rewards[i].length; j++) {
        if (Double.isFinite(rewards[i][j])) {
          paid.add(rewards[i][j]);
        }
        Double said = hunt.trueScore(task, completions.get(j).text());
        if (said != null) {
          truth.add(said);
        }
      }
    }
    List<ScoredGroup> scored = loop.scored(judged, rewards, loop.advantages(rewards));
    try (StepGradient gradient = loop.backward(scored)) {
      loop.update(gradient, step);
    }
    Double reward = mean(paid);
    return new RewardBreak.Step(step, reward == null ? 0 : reward, mean(truth));
  }

  private List<Prompt> at(int step) {
    List<Prompt> chosen = new ArrayList<>();
    int count = Math.min(TASKS_PER_STEP, prompts.size());
    for (int i = 0; i < count; i++) {
      chosen.add(prompts.get(((step - 1) * count + i) % prompts.size()));
    }
    return chosen;
  }

  private static @Nullable Double mean(List<Double> values) {
    return values.isEmpty()
        ? null
        : values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  @Override
  public void close() {
    loop.close();
    model.close();
  }
}
