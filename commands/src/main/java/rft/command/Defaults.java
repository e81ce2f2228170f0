package rft.command;

import java.nio.file.Path;
import java.util.Optional;
import rft.sample.SampleTask;

/** What goes without saying for a sample dataset: its reward, and a name for runs on it. */
record Defaults(Optional<SampleTask> sample, String runName) {
  static Defaults of(String dataset) {
    String file = String.valueOf(Path.of(dataset).getFileName());
    String stem =
        file.endsWith(".jsonl") ? file.substring(0, file.length() - ".jsonl".length()) : file;
    return new Defaults(SampleTask.named(stem), stem);
  }

  /**
   * Returns the reward that checks a sample dataset.
   *
   * @throws CommandException if there is no such dataset, or it is the user's own
   */
  String requireReward(Installation installation, String dataset) {
    installation.datasetFile(dataset);
    return sample
        .map(SampleTask::rewardName)
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.USAGE,
                    "--reward is missing: "
                        + dataset
                        + " is no sample dataset, so say what its answers are worth,"
                        + " for example --reward exact-match"));
  }
}
