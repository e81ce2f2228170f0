package rft.playground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import rft.run.Metric;
import rft.run.RunEvent;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunInputs;
import rft.run.RunWriter;
import rft.run.TrainOptions;
import rft.template.RewardTemplates;

/** A run with two checkpoints, as a trainer writes it, without a trainer. */
final class TunedRun {
  private TunedRun() {}

  static String in(RunHome home, Path model, Path dataset) throws IOException {
    RunFolder folder = home.create("addition");
    RunHeader header =
        new RunHeader(
            folder.id(),
            "addition",
            Instant.parse("2026-11-24T21:30:12Z"),
            "0.1.0",
            TrainOptions.standard(
                RunInputs.onCpu(model.toString(), dataset.toString(), "number-match")),
            new RunHeader.DatasetInfo("ab".repeat(32), Map.of("train", 800, "validation", 100)),
            new RunHeader.RewardInfo("number-match", "cd".repeat(32)),
            null,
            new RunHeader.ModelInfo(model.toString(), 900_000, "ef".repeat(32)),
            null,
            new RunHeader.Machine("17.0.15", "Linux 6.1 amd64", 2, "PyTorch 2.7.1"));
    RewardTemplates.unit("number-match").writeJar(folder.rewardJar());
    try (RunWriter writer = RunWriter.create(folder, header)) {
      writer.event(RunEvent.Kind.STARTED, 0, "");
      for (int step = 0; step <= 20; step += 10) {
        double accuracy = step == 10 ? 0.75 : 0.25;
        writer.writeStep(step, Map.of(Metric.VALIDATION_ACCURACY.key(), accuracy), List.of());
        if (step > 0) {
          writer.checkpoints().write(step, TunedRun::adapter);
          writer.checkpoints().markBest(step, accuracy);
        }
      }
      writer.event(RunEvent.Kind.FINISHED, 20, "");
    }
    return folder.id();
  }

  private static void adapter(Path folder) throws IOException {
    Files.writeString(folder.resolve("adapter_config.json"), "{\"r\": 8}");
    Files.writeString(folder.resolve("adapter_model.safetensors"), "weights");
    Files.writeString(folder.resolve("optimizer.safetensors"), "moments");
  }
}
