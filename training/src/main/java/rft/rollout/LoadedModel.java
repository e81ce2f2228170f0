package rft.rollout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rft.dataset.Sha256;
import rft.dataset.Task;
import rft.export.PeftAdapter;
import rft.export.PeftFolder;
import rft.gguf.GgufFolder;
import rft.memory.FreeMemory;
import rft.policy.ModelConfig;
import rft.policy.Policy;
import rft.policy.Precision;
import rft.prompt.ChatTemplate;
import rft.prompt.Prompt;
import rft.prompt.PromptRenderer;
import rft.prompt.PromptSet;
import rft.prompt.TextTokenizer;

/** A model folder ready for use: policy, tokenizer, chat template and the threads that compute. */
public final class LoadedModel implements AutoCloseable {
  private final Path folder;
  private final Policy policy;
  private final TextTokenizer tokenizer;
  private final ChatTemplate template;
  private final Shards shards;
  private PromptRenderer renderer;
  private @Nullable String weightsSha256;

  private LoadedModel(
      Path folder, Policy policy, TextTokenizer tokenizer, ChatTemplate template, Shards shards) {
    this.folder = folder;
    this.policy = policy;
    this.tokenizer = tokenizer;
    this.template = template;
    this.shards = shards;
    this.renderer = new PromptRenderer(template, tokenizer);
  }

  /**
   * Opens a Hugging Face folder.
   *
   * @param device {@code cpu} or {@code cuda:N}
   * @param threads that compute
   * @throws IllegalArgumentException if the folder is no supported model, in one sentence
   */
  public static LoadedModel open(Path folder, String device, int threads) {
    return open(folder, device, threads, Precision.F32);
  }

  /**
   * Opens a Hugging Face folder.
   *
   * @param device {@code cpu} or {@code cuda:N}
   * @param threads that compute
   * @param precision of the frozen weights
   * @throws IllegalArgumentException if the folder is no supported model, in one sentence
   */
  public static LoadedModel open(Path folder, String device, int threads, Precision precision) {
    return open(folder, device, threads, precision, FreeMemory::of);
  }

  static LoadedModel open(
      Path folder,
      String device,
      int threads,
      Precision precision,
      Function<String, FreeMemory> memory) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "model folder " + folder + " is not there: give the path of a folder with config.json");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads (" + threads + ") must be at least 1");
    }
    ModelConfig config = ModelConfig.read(folder);
    memory.apply(device).require(config, precision, folder);
    TextTokenizer tokenizer = TextTokenizer.load(folder);
    try {
      requireFit(tokenizer, config, folder);
      ChatTemplate template = ChatTemplate.load(folder);
      Policy policy = Policy.load(folder, device, precision, threads);
      Shards shards = new Shards(threads);
      return new LoadedModel(folder, policy, tokenizer, template, shards);
    } catch (RuntimeException | Error e) {
      tokenizer.close();
      throw e;
    }
  }

  /**
   * Requires that every token has a row in the embedding; rows without a token are usual.
   *
   * @throws IllegalArgumentException if one has none, naming the last
   */
  public static void requireFit(TextTokenizer tokenizer, ModelConfig config, Path folder) {
    int last = tokenizer.vocabulary() - 1;
    if (last >= config.vocabulary()) {
      throw new IllegalArgumentException(
          "the tokenizer of %s has tokens up to %d (\"%s\"), its model a vocabulary of %d: tokenizer.json and config.json are not of the same model; fetch both again"
              .formatted(folder, last, tokenizer.piece(last), config.vocabulary()));
    }
  }

  /**
   * Switches an adapter on, as the only thing this model may train further.
   *
   * @param adapter a PEFT folder
   * @throws IllegalArgumentException if it does not fit the model
   */
  public void switchOn(Path adapter) throws IOException {
    PeftAdapter read = PeftFolder.read(adapter, policy.config());
    policy.attachAdapter(read.shape(), 0);
    policy.restore(read.state());
  }

  /** Returns where the model was read from. */
  public Path folder() {
    return folder;
  }

  /** Returns the SHA-256 of its folder's weights. Read once: the files may be gigabytes. */
  public synchronized String weightsSha256() throws IOException {
    if (weightsSha256 == null) {
      weightsSha256 = weightsSha256(folder);
    }
    return weightsSha256;
  }

  /**
   * Returns the SHA-256 of a folder's weight files, in the order of their names: 64 hexadecimal
   * characters.
   */
  public static String weightsSha256(Path folder) throws IOException {
    MessageDigest digest = Sha256.start();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(LoadedModel::holdsWeights).sorted().toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          byte[] buffer = new byte[1 << 16];
          for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
          }
        }
      }
    }
    return Sha256.hex(digest);
  }

  private static boolean holdsWeights(Path file) {
    return file.toString().endsWith(".safetensors") || file.endsWith(GgufFolder.MODEL);
  }

  /** Returns the weights and what is trained of them. */
  public Policy policy() {
    return policy;
  }

  /** Returns the tokenizer. */
  public TextTokenizer tokenizer() {
    return tokenizer;
  }

  /** Returns the threads that compute. */
  public Shards shards() {
    return shards;
  }

  /**
   * Has a chat template that writes today's date write another day's from now on, so that a run
   * which goes on later has the prompts it began with.
   *
   * @param day any time of it, in UTC
   */
  public void dateAs(Instant day) {
    renderer = new PromptRenderer(template.withClock(Clock.fixed(day, ZoneOffset.UTC)), tokenizer);
  }

  /**
   * Returns the prompts of tasks, and which tasks are too long.
   *
   * @param maxNewTokens room kept for the completion
   * @throws IllegalArgumentException if it leaves none for a prompt
   */
  public PromptSet prompts(List<Task> tasks, int maxNewTokens) {
    int context = policy.config().maxPositions();
    if (maxNewTokens >= context) {
      throw new IllegalArgumentException(
          "completions of up to "
              + maxNewTokens
              + " tokens leave no room for a prompt in the model's context of "
              + context
              + ": lower --max-new-tokens");
    }
    return renderer.select(tasks, context - maxNewTokens);
  }

  /** Returns the prompt of one task, whatever its length. */
  public Prompt prompt(Task task) {
    return renderer.render(task);
  }

  /** Returns a source that samples with this model. */
  public RolloutSource rollouts(LocalRolloutSource.Draw draw, BooleanSupplier stop) {
    return new LocalRolloutSource(policy, tokenizer, shards, draw, stop);
  }

  @Override
  public void close() {
    shards.close();
    policy.close();
    tokenizer.close();
  }
}
