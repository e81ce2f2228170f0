package rft.command;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.memory.FreeMemory;
import rft.memory.MemoryNeed;
import rft.memory.Workload;
import rft.policy.ModelConfig;
import rft.policy.ModelWeights;
import rft.policy.Precision;
import rft.prompt.ChatTemplate;
import rft.prompt.TextTokenizer;
import rft.pull.PulledFrom;
import rft.rollout.LoadedModel;
import rft.run.AdapterOptions;
import rft.run.LoopOptions;
import rft.run.SamplingOptions;

/**
 * Says what a model folder holds, after checking that its parts fit each other, and how much memory
 * it takes.
 */
@Command(
    name = "model show",
    description = "Say what a model holds and how much memory it takes.",
    footer = {
      "  rft model show tiny-chat",
      "  rft model show tiny-chat --rows 32 --prompt-tokens 512 --new-tokens 512"
    })
public final class ModelShow implements Verb<ModelShow.Card> {
  private static final LoopOptions LOOP = LoopOptions.standard();

  @Parameters(
      arity = "1",
      paramLabel = "MODEL",
      completionCandidates = Names.Models.class,
      description = "A base model's name (rft model list), or a folder.")
  private String model = "";

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Memory for N completions side by side (default ${DEFAULT-VALUE}).")
  private int rows = LOOP.tasksPerStep() * LOOP.groupSize();

  @Option(
      names = "--prompt-tokens",
      paramLabel = "N",
      description = "Memory for prompts of N tokens (default ${DEFAULT-VALUE}).")
  private int promptTokens = 128;

  @Option(
      names = "--new-tokens",
      paramLabel = "N",
      description = "Memory for completions of N tokens (default ${DEFAULT-VALUE}).")
  private int newTokens = SamplingOptions.standard().maxNewTokens();

  @Option(
      names = "--precision",
      paramLabel = "P",
      completionCandidates = Names.Precisions.class,
      description = "Memory with weights held as f32, bf16 or f16 (default ${DEFAULT-VALUE}).")
  private String precision = Precision.F32.text();

  /** For picocli, which sets the options. */
  public ModelShow() {}

  public ModelShow(String model) {
    this.model = model;
  }

  /**
   * A model at a glance.
   *
   * @param folder where it lies
   * @param architecture as transformers call the class
   * @param parameters number of weights, a tied head counted once
   * @param stored format of its files and type of its weights, for example {@code safetensors F16}
   * @param shape of the decoder
   * @param tokens of the tokenizer
   * @param endTokens how the tokens that end an answer are spelled
   * @param templateProblem why its chat template cannot be used; null if it can
   * @param bytes of the folder's files
   * @param note what a reader of its figures must know; null for nothing
   * @param precision in which the weights are held for it
   * @param work that memory is estimated for
   * @param memory an estimate, in bytes
   * @param freeBytes memory that this machine has left
   * @param model as it was named, with what is switched on
   */
  public record Card(
      String folder,
      String architecture,
      long parameters,
      String stored,
      ModelConfig shape,
      int tokens,
      List<String> endTokens,
      @Nullable String templateProblem,
      long bytes,
      @Nullable String note,
      String precision,
      Workload work,
      MemoryNeed memory,
      long freeBytes,
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
    Precision held = Precision.parse(precision);
    work(Integer.MAX_VALUE); // A wrong option is told as such, before the model is looked at.
    try {
      return card(chosen, held);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  private Card card(Model chosen, Precision held) throws IOException {
    Path folder = chosen.folder();
    ModelConfig config = ModelConfig.read(folder);
    try (ModelWeights weights = ModelWeights.open(folder);
        TextTokenizer tokenizer = TextTokenizer.load(folder)) {
      config.check(weights);
      LoadedModel.requireFit(tokenizer, config, folder);
      List<String> ends = tokenizer.endTokens().stream().sorted().map(tokenizer::piece).toList();
      ModelFacts facts = ModelFacts.of(folder, config, weights);
      Workload work = work(config.maxPositions());
      return new Card(
          folder.toString(),
          facts.architecture(),
          facts.parameters(),
          facts.stored(),
          config,
          tokenizer.vocabulary(),
          ends,
          templateProblem(folder),
          facts.bytes(),
          PulledFrom.read(folder).map(PulledFrom::note).orElse(null),
          precision,
          work,
          MemoryNeed.of(config, held, Model.CPU, work),
          FreeMemory.of(Model.CPU).bytes(),
          chosen);
    }
  }

  private static @Nullable String templateProblem(Path folder) {
    try {
      ChatTemplate.load(folder);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  /** Returns the work that was asked for, cut where the model's context ends. */
  private Workload work(int context) {
    int prompt = Math.min(promptTokens, context / 2);
    return new Workload(
        rows,
        Math.min(rows, LOOP.groupSize()),
        prompt,
        Math.min(newTokens, context - prompt),
        Math.min(rows, LOOP.microBatchRollouts()),
        AdapterOptions.standard().rank(),
        Model.CORES);
  }
}
