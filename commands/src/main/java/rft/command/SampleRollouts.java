package rft.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rft.dataset.Split;
import rft.dataset.Task;
import rft.policy.CounterRandom.Purpose;
import rft.policy.PolicyView;
import rft.policy.SamplingSettings;
import rft.prompt.PromptSet;
import rft.reward.Judgement;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;
import rft.reward.Verdict;
import rft.rollout.LoadedModel;
import rft.rollout.LocalRolloutSource;
import rft.rollout.Rollout;
import rft.rollout.RolloutGroup;
import rft.worker.WorkerReward;

/** Samples groups of completions and says what a reward makes of each. */
@Command(
    name = "rollout",
    description = "Sample completions of some tasks, with their rewards.",
    footer = "  rft rollout --model tiny-chat --data addition --tasks 2 --group-size 8")
public final class SampleRollouts implements Verb<SampleRollouts.Report> {
  @Mixin private ModelFlags model = new ModelFlags();

  @Mixin private AskFlags ask = new AskFlags();

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      completionCandidates = Names.Splits.class,
      converter = SplitName.class,
      description = "train, validation or test (default train).")
  private Split split = Split.TRAIN;

  @Option(names = "--tasks", paramLabel = "N", description = "Tasks (default ${DEFAULT-VALUE}).")
  private int tasks = 3;

  @Option(
      names = "--group-size",
      paramLabel = "G",
      description = "Completions per task (default ${DEFAULT-VALUE}).")
  private int groupSize = 8;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Nucleus sampling (default ${DEFAULT-VALUE}: off).")
  private double topP = 1;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Most likely tokens kept (default ${DEFAULT-VALUE}: all).")
  private int topK = 0;

  /** For picocli, which sets the options. */
  public SampleRollouts() {}

  /**
   * The groups sampled.
   *
   * @param groups one per task
   * @param tooLong tasks left out because their prompts do not fit the context
   */
  public record Report(List<Group> groups, List<PromptSet.TooLong> tooLong) implements Result {
    public Report {
      groups = List.copyOf(groups);
      tooLong = List.copyOf(tooLong);
    }
  }

  /**
   * One task and its completions.
   *
   * @param taskId the task
   * @param prompt the user's text
   * @param reference the reference answer, empty if there is none
   * @param completions in the order they were sampled
   */
  public record Group(String taskId, String prompt, String reference, List<Sampled> completions) {
    public Group {
      completions = List.copyOf(completions);
    }
  }

  /**
   * One completion.
   *
   * @param text without the end token
   * @param tokens its length, end token included
   * @param finishReason stop or length
   * @param logProb sum over its tokens of the natural log-probability
   * @param verdict what the reward said
   */
  public record Sampled(
      String text, int tokens, String finishReason, double logProb, Verdict verdict) {}

  @Override
  public Report run(Progress progress) throws IOException {
    if (groupSize < 1 || tasks < 1) {
      throw new IllegalArgumentException(
          "--group-size (" + groupSize + ") and --tasks (" + tasks + ") must be at least 1");
    }
    Installation installation = Installation.current();
    RewardUnit unit = ask.unit(installation);
    List<Task> chosen = ask.tasks(installation, split, tasks);
    try (LoadedModel loaded = model.open(installation);
        RewardJudge judge = WorkerReward.judge(unit, Duration.ofSeconds(5))) {
      SamplingSettings settings =
          new SamplingSettings(ask.maxNewTokens, ask.temperature, topP, topK);
      PromptSet prompts = loaded.prompts(chosen, ask.maxNewTokens);
      LocalRolloutSource.Draw draw =
          new LocalRolloutSource.Draw(
              PolicyView.TUNED, groupSize, settings, ask.seed, Purpose.SAMPLE);
      List<Group> groups = new ArrayList<>();
      if (!prompts.kept().isEmpty()) {
        for (RolloutGroup group :
            loaded.rollouts(draw, progress::stopRequested).sample(prompts.kept(), 1)) {
          groups.add(group(group, judge.judge(group.prompt().task(), group.completions())));
        }
      }
      return new Report(groups, prompts.tooLong());
    }
  }

  private static Group group(RolloutGroup group, List<Judgement> judgements) {
    List<Sampled> sampled = new ArrayList<>();
    for (int i = 0; i < judgements.size(); i++) {
      Rollout rollout = group.rollouts().get(i);
      double logProb = 0;
      for (float token : rollout.tokens().logProbs()) {
        logProb += token;
      }
      sampled.add(
          new Sampled(
              rollout.completion().text(),
              rollout.tokens().length(),
              rollout.completion().finishReason().jsonName(),
              logProb,
              judgements.get(i).verdict()));
    }
    Task task = group.prompt().task();
    return new Group(task.id(), task.promptText(), task.referenceText(), sampled);
  }
}
