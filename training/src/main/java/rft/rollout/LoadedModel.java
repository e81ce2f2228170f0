package rft.rollout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import rft.dataset.Sha256;
import rft.dataset.Task;
import rft.export.PeftAdapter;
import rft.export.PeftFolder;
import rft.policy.Policy;
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
  private final PromptRenderer renderer;
  private final Shards shards;

  private LoadedModel(
      Path folder, Policy policy, TextTokenizer tokenizer, ChatTemplate template, Shards shards) {
    this.folder = folder;
    this.policy = policy;
    this.tokenizer = tokenizer;
    this.renderer = new PromptRenderer(template, tokenizer);
    this.shards = shards;
  }

  /**
   * Opens a Hugging Face folder.
   *
   * @param device {@code cpu} or {@code cuda:N}
   * @param threads parts of a batch computed side by side
   * @throws IllegalArgumentException if the folder is no supported model, in one sentence
   */
  public static LoadedModel open(Path folder, String device, int threads) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "model folder " + folder + " is not there: give the path of a folder with config.json");
    }
    Shards shards = new Shards(threads);
    TextTokenizer tokenizer = TextTokenizer.load(folder);
    try {
      ChatTemplate template = ChatTemplate.load(folder);
      return new LoadedModel(folder, Policy.load(folder, device), tokenizer, template, shards);
    } catch (RuntimeException | Error e) {
      tokenizer.close();
      throw e;
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

  /**
   * Returns the SHA-256 of the folder's weight files, in the order of their names: 64 hexadecimal
   * characters.
   */
  public String weightsSha256() throws IOException {
    MessageDigest digest = Sha256.start();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".safetensors")).sorted().toList()) {
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
