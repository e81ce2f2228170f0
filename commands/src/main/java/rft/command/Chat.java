package rft.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rft.dataset.Message;
import rft.dataset.Task;
import rft.policy.CounterRandom.Purpose;
import rft.policy.PolicyView;
import rft.policy.SamplingSettings;
import rft.prompt.PromptSet;
import rft.rollout.LoadedModel;
import rft.rollout.LocalRolloutSource;
import rft.rollout.Rollout;

/** Answers one message after the other, with one model or with base and tuned beside each other. */
@Command(
    name = "chat",
    description = "Ask a model, or base and tuned beside each other.",
    footer = "  rft chat --model tiny-chat --message Hello")
public final class Chat implements Verb<Chat.Talk> {
  @Mixin private ModelFlags model = new ModelFlags();

  @Option(
      names = {"--message", "-m"},
      required = true,
      paramLabel = "TEXT",
      description = "What to say; given again, it continues the conversation.")
  private List<String> messages = new ArrayList<>();

  @Option(names = "--system", paramLabel = "TEXT", description = "The system message.")
  private @Nullable String system;

  @Option(names = "--both", description = "Ask the base model as well.")
  private boolean both;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Of the draws; 0 takes the likeliest token (default ${DEFAULT-VALUE}).")
  private double temperature = 0;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      description = "Longest answer (default ${DEFAULT-VALUE}).")
  private int maxNewTokens = 128;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the draws (default ${DEFAULT-VALUE}).")
  private long seed = 0;

  /** For picocli, which sets the options. */
  public Chat() {}

  /**
   * A conversation.
   *
   * @param model the base model's folder
   * @param tuned what is switched on; null for the base model alone
   * @param system the system message; null if there is none
   * @param turns message and answer, in order
   */
  public record Talk(
      String model, @Nullable String tuned, @Nullable String system, List<Turn> turns)
      implements Result {
    public Talk {
      turns = List.copyOf(turns);
    }

    @Override
    public Optional<String> text() {
      PairText page = new PairText();
      for (Turn turn : turns) {
        turn.message().lines().forEach(line -> page.line("> " + line));
        Reply base = turn.base();
        if (base != null) {
          say(page, "base", base);
        }
        say(page, base == null ? "" : "tuned", turn.reply());
      }
      return Optional.of(page.toString());
    }

    private static void say(PairText page, String who, Reply reply) {
      String lead = who.isEmpty() ? "" : "%-7s".formatted(who + ":");
      String indent = " ".repeat(lead.length());
      List<String> lines = reply.text().lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        page.line((i == 0 ? lead : indent) + lines.get(i));
      }
      page.line(
          indent
              + "(%d tokens, %.0f tokens/s%s)"
                  .formatted(reply.tokens(), reply.tokensPerSecond(), reply.cut() ? ", cut" : ""));
    }
  }

  /**
   * One exchange.
   *
   * @param message what was said
   * @param reply what the model answered
   * @param base what the base model answered in its own conversation; null if it was not asked
   */
  public record Turn(String message, Reply reply, @Nullable Reply base) {}

  /**
   * One answer.
   *
   * @param text without the end token
   * @param tokens its length, end token included
   * @param seconds wall time of sampling it
   * @param finishReason stop or length
   */
  public record Reply(String text, int tokens, double seconds, String finishReason) {
    /** Returns how fast it was sampled, the prompt's time included. */
    public double tokensPerSecond() {
      return tokens / seconds;
    }

    /** Returns whether it was cut off at the token limit. */
    public boolean cut() {
      return finishReason.equals("length");
    }
  }

  @Override
  public Talk run(Progress progress) throws IOException {
    Model wanted = model.chosen(Installation.current());
    if (both && wanted.tuned().isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE, "--both needs something tuned: give --run or --adapter");
    }
    try (LoadedModel loaded = wanted.open()) {
      List<Reply> replies = converse(loaded, PolicyView.TUNED, progress);
      List<Reply> base = both ? baseReplies(wanted, loaded, progress) : List.of();
      List<Turn> turns = new ArrayList<>();
      for (int i = 0; i < replies.size(); i++) {
        turns.add(new Turn(messages.get(i), replies.get(i), both ? base.get(i) : null));
      }
      return new Talk(loaded.folder().toString(), wanted.tuned().orElse(null), system, turns);
    }
  }

  /** A full fine-tuning may have no base in memory: then it is read from its folder. */
  private List<Reply> baseReplies(Model wanted, LoadedModel loaded, Progress progress)
      throws IOException {
    if (loaded.policy().hasBase()) {
      return converse(loaded, PolicyView.BASE, progress);
    }
    Model alone = wanted.alone();
    try (LoadedModel second = alone.open()) {
      return converse(second, PolicyView.TUNED, progress);
    }
  }

  private List<Reply> converse(LoadedModel loaded, PolicyView view, Progress progress) {
    List<Message> history = new ArrayList<>();
    if (system != null) {
      history.add(Message.system(system));
    }
    List<Reply> replies = new ArrayList<>();
    for (String message : messages) {
      history.add(Message.user(message));
      Reply reply = reply(loaded, view, history, progress);
      history.add(Message.assistant(reply.text()));
      replies.add(reply);
    }
    return replies;
  }

  private Reply reply(
      LoadedModel loaded, PolicyView view, List<Message> history, Progress progress) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    Task task = new Task("chat", history, json.nullNode(), json.objectNode());
    PromptSet prompts = loaded.prompts(List.of(task), maxNewTokens);
    if (prompts.kept().isEmpty()) {
      throw new CommandException(
          ExitCode.FAILED,
          "the conversation has %d tokens, the context leaves room for %d: say less or lower --max-new-tokens"
              .formatted(prompts.tooLong().get(0).tokens(), prompts.tooLong().get(0).limit()));
    }
    SamplingSettings settings = new SamplingSettings(maxNewTokens, temperature, 1, 0);
    LocalRolloutSource.Draw draw =
        new LocalRolloutSource.Draw(view, 1, settings, seed, Purpose.SAMPLE);
    long start = System.nanoTime();
    Rollout answer =
        loaded
            .rollouts(draw, progress::stopRequested)
            .sample(prompts.kept(), history.size())
            .get(0)
            .rollouts()
            .get(0);
    return new Reply(
        answer.completion().text(),
        answer.tokens().length(),
        (System.nanoTime() - start) / 1e9,
        answer.completion().finishReason().jsonName());
  }
}
