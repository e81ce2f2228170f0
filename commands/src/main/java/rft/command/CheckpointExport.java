package rft.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import rft.export.ExportTexts;
import rft.export.GgufModelFolder;
import rft.export.HuggingFaceFolder;
import rft.export.MergedWeights;
import rft.export.PeftAdapter;
import rft.export.PeftFolder;
import rft.gguf.TensorType;
import rft.policy.ModelConfig;
import rft.policy.ModelWeights;
import rft.policy.SafetensorsFile;
import rft.policy.SafetensorsType;
import rft.policy.SafetensorsWriter;

/**
 * A checkpoint and its base, to be written for other tools. Weights are read, merged and written
 * one tensor after the other.
 *
 * @param base folder of the base model, of safetensors or with a GGUF file
 * @param checkpoint its folder: an adapter, or every weight
 * @param full whether it is every weight
 */
record CheckpointExport(Path base, Path checkpoint, boolean full) {
  /**
   * Writes a new folder.
   *
   * @param stop asked before each tensor
   * @throws CommandException if it was asked to stop; nothing is left then
   */
  void write(Path out, ExportFormat format, String type, ExportTexts texts, BooleanSupplier stop)
      throws IOException {
    if (format == ExportFormat.ADAPTER) {
      PeftFolder.copy(checkpoint, out, base.toString(), texts);
      return;
    }
    ModelConfig config = ModelConfig.read(base);
    if (full) {
      try (SafetensorsFile file = SafetensorsFile.open(checkpoint.resolve("model.safetensors"))) {
        write(out, config, until(stop, file::floats), format, type, texts);
      }
      return;
    }
    PeftAdapter adapter = PeftFolder.read(checkpoint, config);
    try (ModelWeights stored = ModelWeights.open(base)) {
      MergedWeights merged =
          new MergedWeights(config, stored::floats, adapter.shape(), adapter.state());
      write(out, config, until(stop, merged), format, type, texts);
    }
  }

  private static SafetensorsWriter.Values until(
      BooleanSupplier stop, SafetensorsWriter.Values values) {
    return name -> {
      if (stop.getAsBoolean()) {
        throw new CommandException(
            ExitCode.INTERRUPTED, "stopped while the model was written; nothing of it is left");
      }
      return values.of(name);
    };
  }

  private void write(
      Path out,
      ModelConfig config,
      SafetensorsWriter.Values values,
      ExportFormat format,
      String type,
      ExportTexts texts)
      throws IOException {
    if (format == ExportFormat.GGUF) {
      GgufModelFolder.write(out, config, values, TensorType.valueOf(type), base, texts);
    } else {
      HuggingFaceFolder.write(out, config, values, SafetensorsType.valueOf(type), base, texts);
    }
  }
}
