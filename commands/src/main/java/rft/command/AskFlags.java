package rft.command;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rft.dataset.Split;
import rft.dataset.Task;
import rft.reward.RewardUnit;

/** What a verb asks a model, what scores the answers, and how they are drawn. */
public final class AskFlags {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "D",
      completionCandidates = Names.Datasets.class,
      description = "A sample dataset's name or a .jsonl file.")
  String data = "";

  @Option(
      names = "--reward",
      paramLabel = "R",
      completionCandidates = Names.Rewards.class,
      description = "What scores the answers (default: the sample dataset's).")
  @Nullable String reward;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Of the draws; 0 is greedy (default ${DEFAULT-VALUE}).")
  double temperature = 1;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      description = "Longest completion (default ${DEFAULT-VALUE}).")
  int maxNewTokens = 48;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the draws (default ${DEFAULT-VALUE}).")
  long seed = 0;

  /**
   * Returns what scores the answers.
   *
   * @throws CommandException if none is given and the dataset is no sample one
   */
  RewardUnit unit(Installation installation) throws IOException {
    return installation.reward(
        reward == null ? Defaults.of(data).requireReward(installation, data) : reward);
  }

  /**
   * Returns the first tasks of a split.
   *
   * @throws CommandException if there is no such dataset, or the split is empty
   */
  List<Task> tasks(Installation installation, Split split, int most) throws IOException {
    return SplitTasks.of(installation.dataset(data), split, most);
  }
}
