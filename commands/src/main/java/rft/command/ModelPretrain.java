package rft.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import rft.export.HuggingFaceFolder;
import rft.loop.Pretrainer;
import rft.loop.TeacherExamples;
import rft.policy.ModelConfig;
import rft.policy.Policy;
import rft.policy.SafetensorsType;
import rft.prompt.BytePairTrainer;
import rft.prompt.ChatFormat;
import rft.prompt.ChatTemplate;
import rft.prompt.TextTokenizer;

/**
 * Makes the bundled model from its recipe: tokenizer, then all weights, on the sloppy teacher's
 * conversations.
 */
@Command(
    name = "model pretrain",
    description = "Make a tiny model from a recipe, deterministically.",
    footer = "  rft model pretrain --recipe models/tiny-chat/recipe.json --out my-model")
public final class ModelPretrain implements Verb<ModelPretrain.Report> {
  private static final int STEPS_PER_LOG_LINE = 50;

  @Option(
      names = "--recipe",
      paramLabel = "FILE",
      description = "The recipe (default: the bundled model's).")
  private @Nullable Path recipe;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to make.")
  private Path out = Path.of("");

  @Option(names = "--seed", paramLabel = "N", description = "Another seed than the recipe's.")
  private @Nullable Long seed;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Another number of steps than the recipe's.")
  private @Nullable Integer steps;

  /** For picocli, which sets the options. */
  public ModelPretrain() {}

  /**
   * What was made.
   *
   * @param folder the model
   * @param parameters its number of weights
   * @param steps updates made
   * @param tokens tokens trained on
   * @param loss mean over the last log line, in nats
   * @param seconds wall time of the training
   */
  public record Report(
      String folder, long parameters, int steps, long tokens, double loss, double seconds)
      implements Result {}

  @Override
  public Report run(Progress progress) throws IOException {
    if (Files.exists(out)) {
      throw new CommandException(ExitCode.USAGE, "--out (" + out + ") exists: name a new folder");
    }
    Path file = recipe == null ? bundledRecipe() : recipe;
    ModelRecipe plan = ModelRecipe.read(file).with(seed, steps);
    Path draft = Files.createTempDirectory("rft-tokenizer");
    BytePairTrainer.Settings settings =
        new BytePairTrainer.Settings(
            plan.shape().vocabulary(), ChatFormat.tiny(), plan.shape().maxPositions());
    BytePairTrainer.train(
            TeacherExamples.texts(plan.training().seed(), plan.tokenizerTexts()), settings)
        .write(draft);
    writeTokenIds(draft, ChatFormat.tiny());
    try (TextTokenizer tokenizer = TextTokenizer.load(draft);
        Policy policy = Policy.random(plan.shape(), plan.training().seed(), "cpu")) {
      return train(plan, tokenizer, ChatTemplate.load(draft), policy, draft, progress);
    } finally {
      delete(draft);
    }
  }

  /** Writes the ids that other tools look for in config.json: without them they do not stop. */
  private static void writeTokenIds(Path folder, ChatFormat format) throws IOException {
    List<String> tokens = format.specialTokens();
    ObjectNode ids = JsonNodeFactory.instance.objectNode();
    ids.put("bos_token_id", tokens.indexOf(format.begin()));
    ids.put("eos_token_id", tokens.indexOf(format.end()));
    ids.put("pad_token_id", tokens.indexOf(format.pad()));
    Files.writeString(folder.resolve("config.json"), ids.toString());
  }

  private static Path bundledRecipe() {
    return Installation.current().tinyModel().resolve("recipe.json");
  }

  private Report train(
      ModelRecipe plan,
      TextTokenizer tokenizer,
      ChatTemplate template,
      Policy policy,
      Path draft,
      Progress progress)
      throws IOException {
    TeacherExamples examples = new TeacherExamples(plan.training().seed(), template, tokenizer);
    Log log = new Log(plan.training().steps(), progress);
    new Pretrainer(policy, plan.training(), examples::at).run(log::add);
    if (log.step < plan.training().steps()) {
      throw new CommandException(
          ExitCode.INTERRUPTED,
          "stopped after step "
              + log.step
              + " of "
              + plan.training().steps()
              + "; nothing was written");
    }
    ModelConfig config = plan.shape();
    HuggingFaceFolder.write(out, config, policy.weights(), SafetensorsType.F16, draft);
    Files.writeString(out.resolve("pretrain-log.csv"), String.join("\n", log.lines) + "\n");
    return new Report(
        out.toString(), config.parameters(), log.step, log.tokens, log.loss, log.seconds());
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /**
   * Collects what the updates say, a line for every few of them; time is shown and not written
   * down.
   */
  private static final class Log {
    private final int total;
    private final Progress progress;
    private final long start = System.nanoTime();
    private final List<String> lines = new ArrayList<>();
    private double sum;
    private int summed;
    private int step;
    private long tokens;
    private double loss;

    Log(int total, Progress progress) {
      this.total = total;
      this.progress = progress;
      lines.add("step,loss,gradient_norm,tokens");
    }

    boolean add(Pretrainer.Report report) {
      step = report.step();
      tokens = report.tokens();
      sum += report.loss();
      summed++;
      if (summed == STEPS_PER_LOG_LINE || step == total) {
        loss = sum / summed;
        sum = 0;
        summed = 0;
        lines.add(
            String.format(
                Locale.ROOT, "%d,%.4f,%.4f,%d", step, loss, report.gradientNorm(), tokens));
      }
      progress.report(
          new Progress.Update(
              "pretrain",
              step,
              total,
              List.of(
                  new Progress.Reading("loss", report.loss(), ""),
                  new Progress.Reading("speed", tokens / seconds(), "tok/s"))));
      return !progress.stopRequested();
    }

    double seconds() {
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
