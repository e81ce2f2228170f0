package rft.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import rft.gguf.GgufFolder;
import rft.memory.FreeMemory;
import rft.memory.MemoryNeed;
import rft.policy.ModelConfig;
import rft.policy.ModelWeights;
import rft.prompt.ChatTemplate;
import rft.prompt.TextTokenizer;
import rft.pull.ModelInspection;
import rft.rollout.LoadedModel;

/** Looks at a model that arrives, and makes a folder of a GGUF file. */
final class ModelArrival implements ModelInspection {
  private static final String GGUF = ".gguf";

  private final Progress progress;

  ModelArrival(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void beforeWeights(Path folder) {
    ModelConfig config = ModelConfig.read(folder);
    long need = MemoryNeed.weights(config, Float.BYTES);
    long free = FreeMemory.of(Model.CPU).bytes();
    if (need > free) {
      progress.say(
          "its weights take %s in memory, and this machine has %s left now"
              .formatted(FreeMemory.text(need), FreeMemory.text(free)));
    }
  }

  @Override
  public void whole(Path folder) throws IOException {
    if (Files.notExists(folder.resolve("config.json"))) {
      unfold(folder);
    }
    ModelConfig config = ModelConfig.read(folder);
    try (ModelWeights weights = ModelWeights.open(folder);
        TextTokenizer tokenizer = TextTokenizer.load(folder)) {
      config.check(weights);
      LoadedModel.requireFit(tokenizer, config, folder);
      tokenizer.endTokens();
    }
  }

  /**
   * Says what is wrong with the chat template of a model that has arrived, if anything: it is kept,
   * because its user can write one.
   */
  void sayOfTemplate(Path folder) {
    try {
      ChatTemplate.load(folder);
    } catch (IllegalArgumentException e) {
      progress.say(String.valueOf(e.getMessage()));
    }
  }

  private void unfold(Path folder) throws IOException {
    for (Path gguf : files(folder)) {
      if (gguf.toString().endsWith(GGUF)) {
        GgufFolder.complete(folder, gguf);
        return;
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
