package rft.command;

import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.dataset.Dataset;
import rft.dataset.Split;
import rft.dataset.Splitter;
import rft.reward.RewardUnit;
import rft.rollout.LoadedModel;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.TrainOptions;

/**
 * Everything a run is made of.
 *
 * @param name begins its id
 * @param options with absolute paths
 * @param dataset what it learns from
 * @param reward what its rollouts are worth
 * @param check what validation accuracy means; null where that is the reward
 * @param origin the checkpoint it begins with; null for the base model
 */
record NewRun(
    String name,
    TrainOptions options,
    Dataset dataset,
    RewardUnit reward,
    @Nullable RewardUnit check,
    @Nullable ForkPoint origin) {
  RunHeader header(RunFolder folder, LoadedModel model) throws IOException {
    Splitter splitter = Splitter.standard();
    Map<String, Integer> counts = new HashMap<>();
    for (Split split : Split.values()) {
      counts.put(split.jsonName(), 0);
    }
    dataset
        .tasks()
        .forEach(task -> counts.merge(splitter.splitOf(task).jsonName(), 1, Integer::sum));
    return new RunHeader(
        folder.id(),
        name,
        Clock.systemUTC().instant(),
        ProductVersion.number(),
        options,
        new RunHeader.DatasetInfo(dataset.sha256(), counts),
        identity(reward),
        check == null ? null : identity(check),
        new RunHeader.ModelInfo(
            model.folder().toString(), model.policy().config().parameters(), model.weightsSha256()),
        origin == null ? null : origin.text(),
        RunHeader.Machine.here(model.policy().engine()));
  }

  private static RunHeader.RewardInfo identity(RewardUnit unit) {
    return new RunHeader.RewardInfo(unit.name(), unit.sha256());
  }
}
