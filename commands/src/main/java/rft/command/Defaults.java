package rft.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import rft.dataset.Dataset;
import rft.sample.SampleKind;

/** What goes without saying for a sample dataset: its reward, and a name for runs on it. */
record Defaults(Optional<SampleKind> sample, String runName) {
  static Defaults of(String dataset) {
    Optional<Dataset> named = Workspace.current().get(dataset, Dataset.class);
    if (named.isPresent()) {
      String stem = stem(named.get().name());
      return new Defaults(SampleKind.named(stem), stem);
    }
    String stem = stem(String.valueOf(Path.of(dataset).getFileName()));
    return new Defaults(SampleKind.named(stem), stem);
  }

  private static String stem(String file) {
    return file.endsWith(".jsonl") ? file.substring(0, file.length() - ".jsonl".length()) : file;
  }

  /**
   * Returns the reward that checks a sample dataset.
   *
   * @throws CommandException if there is no such dataset, or it is the user's own
   */
  String requireReward(Installation installation, String dataset) throws IOException {
    if (sample.isPresent()) {
      return sample.get().rewardName();
    }
    installation.requireDataset(dataset);
    throw new CommandException(
        ExitCode.USAGE,
        "--reward is missing: "
            + dataset
            + " is no sample dataset, so say what its answers are worth,"
            + " for example --reward exact-match");
  }
}
