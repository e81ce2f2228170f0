package rft.command;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import rft.policy.ModelConfig;
import rft.policy.ModelWeights;
import rft.prompt.TextTokenizer;

/** Says what a model folder holds, after checking that its parts fit each other. */
@Command(
    name = "model show",
    description = "Say what a model folder holds, and whether it is whole.",
    footer = "  rft model show tiny-chat")
public final class ModelShow implements Verb<ModelShow.Card> {
  @Parameters(
      arity = "1",
      paramLabel = "MODEL",
      completionCandidates = Names.Models.class,
      description = "A bundled model's name, or a folder.")
  private String model = "";

  /** For picocli, which sets the options. */
  public ModelShow() {}

  public ModelShow(String model) {
    this.model = model;
  }

  /**
   * A model at a glance.
   *
   * @param folder where it lies
   * @param parameters number of weights, a tied head counted once
   * @param shape of the decoder
   * @param tokens of the tokenizer
   * @param endTokens how the tokens that end an answer are spelled
   * @param bytes of the folder's files
   * @param model as it was named, with what is switched on
   */
  public record Card(
      String folder,
      long parameters,
      ModelConfig shape,
      int tokens,
      List<String> endTokens,
      long bytes,
      @JsonIgnore Model model)
      implements Result {
    public Card {
      endTokens = List.copyOf(endTokens);
    }

    @Override
    public Object named() {
      return model;
    }
  }

  @Override
  public Card run(Progress progress) throws IOException {
    Model chosen = Installation.current().modelNamed(model);
    Path folder = chosen.folder();
    ModelConfig config = ModelConfig.read(folder);
    try (ModelWeights weights = ModelWeights.open(folder);
        TextTokenizer tokenizer = TextTokenizer.load(folder)) {
      config.check(weights);
      List<String> ends = tokenizer.endTokens().stream().sorted().map(tokenizer::piece).toList();
      return new Card(
          folder.toString(),
          config.parameters(),
          config,
          tokenizer.vocabulary(),
          ends,
          bytes(folder),
          chosen);
    }
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }
}
