package rft.command;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.policy.CounterRandom.Purpose;
import rft.policy.PolicyView;
import rft.policy.SamplingSettings;
import rft.rollout.LoadedModel;
import rft.rollout.LocalRolloutSource;
import rft.run.NumberText;

/** Answers one message after the other, with one model or with base and tuned beside each other. */
@Command(
    name = "chat",
    description = "Ask a model, or base and tuned beside each other.",
    footer = "  rft chat --run RUN --both \"How much is 34 plus 824? Answer after ####.\"")
public final class Chat implements Verb<Chat.Talk> {
  private static final String SAY = "say something: rft chat TEXT, or --message once for each turn";

  @Mixin private ModelFlags model = new ModelFlags();

  @Parameters(
      arity = "0..*",
      paramLabel = "TEXT",
      description = "What to say. Without it, in a shell, each line that you type.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = {"--message", "-m"},
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
   * @param shown whether a person saw each answer as it came, so that the text need not repeat it
   */
  public record Talk(
      String model,
      @Nullable String tuned,
      @Nullable String system,
      List<Turn> turns,
      @JsonIgnore boolean shown)
      implements Result {
    public Talk {
      turns = List.copyOf(turns);
    }

    @Override
    public Optional<String> text() {
      PairText page = new PairText();
      for (Turn turn : shown ? List.<Turn>of() : turns) {
        turn.message().lines().forEach(line -> page.line("> " + line));
        turn.replies().forEach(page::line);
      }
      return Optional.of(page.toString());
    }
  }

  /**
   * One exchange.
   *
   * @param message what was said
   * @param reply what the model answered
   * @param base what the base model answered in its own conversation; null if it was not asked
   */
  public record Turn(String message, Reply reply, @Nullable Reply base) {
    /** Returns what was answered as lines to print, base before tuned. */
    List<String> replies() {
      List<String> lines = new ArrayList<>();
      if (base != null) {
        lines.addAll(base.lines("base:  "));
      }
      lines.addAll(reply.lines(base == null ? "" : "tuned: "));
      return lines;
    }
  }

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

    private List<String> lines(String lead) {
      String indent = " ".repeat(lead.length());
      List<String> lines = new ArrayList<>();
      text.lines().forEach(line -> lines.add((lines.isEmpty() ? lead : indent) + line));
      lines.add(
          (lines.isEmpty() ? lead : indent)
              + "(%s, %.0f tokens/s%s)"
                  .formatted(
                      NumberText.counted(tokens, "token"),
                      tokensPerSecond(),
                      cut() ? ", cut" : ""));
      return lines;
    }
  }

  @Override
  public Talk run(Progress progress) throws IOException {
    Model wanted = model.chosen(Installation.current());
    if (both && wanted.tuned().isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE, "--both needs something tuned: give --run or --adapter");
    }
    if (!words.isEmpty() && !messages.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "say \"" + String.join(" ", words) + "\" as a --message, too, or nothing else");
    }
    List<String> said = words.isEmpty() ? messages : List.of(String.join(" ", words));
    Progress.Typist typist =
        said.isEmpty()
            ? progress.typist().orElseThrow(() -> new CommandException(ExitCode.USAGE, SAY))
            : null;
    try (LoadedModel loaded = wanted.open();
        Sides sides = sides(wanted, loaded, progress)) {
      List<Turn> turns =
          typist == null ? said.stream().map(sides::say).toList() : typed(sides, typist, progress);
      boolean shown = typist != null && typist.isPerson();
      return new Talk(
          loaded.folder().toString(), wanted.tuned().orElse(null), system, turns, shown);
    }
  }

  /** Answers one line after the other; a person sees each answer at once, and may try again. */
  private static List<Turn> typed(Sides sides, Progress.Typist typist, Progress progress)
      throws IOException {
    List<Turn> turns = new ArrayList<>();
    for (Optional<String> line = typist.next(); line.isPresent(); line = typist.next()) {
      if (line.get().isBlank()) {
        continue;
      }
      try {
        Turn turn = sides.say(line.get());
        turns.add(turn);
        if (typist.isPerson()) {
          turn.replies().forEach(progress::say);
        }
      } catch (CommandException e) {
        if (!typist.isPerson()) {
          throw e;
        }
        progress.say(String.valueOf(e.getMessage()));
      }
    }
    if (turns.isEmpty() && !typist.isPerson()) {
      throw new CommandException(ExitCode.USAGE, SAY);
    }
    return turns;
  }

  /** A full fine-tuning may have no base in memory: then it is read from its folder. */
  private Sides sides(Model wanted, LoadedModel loaded, Progress progress) throws IOException {
    Conversation tuned = conversation(loaded, PolicyView.TUNED, progress);
    if (!both) {
      return new Sides(tuned, null, null);
    }
    if (loaded.policy().hasBase()) {
      return new Sides(tuned, conversation(loaded, PolicyView.BASE, progress), null);
    }
    LoadedModel second = wanted.alone().open();
    return new Sides(tuned, conversation(second, PolicyView.TUNED, progress), second);
  }

  private Conversation conversation(LoadedModel loaded, PolicyView view, Progress progress) {
    SamplingSettings settings = new SamplingSettings(maxNewTokens, temperature, 1, 0);
    LocalRolloutSource.Draw draw =
        new LocalRolloutSource.Draw(view, 1, settings, seed, Purpose.SAMPLE);
    return new Conversation(loaded, draw, system, progress);
  }

  /**
   * The conversations with the model, and with its base if that is asked, too.
   *
   * @param opened a model that only this holds; null if there is none
   */
  private record Sides(
      Conversation tuned, @Nullable Conversation base, @Nullable LoadedModel opened)
      implements AutoCloseable {
    /** Answers a message; one that is refused leaves the conversations as they were. */
    Turn say(String message) {
      Reply reply = tuned.answer(message);
      Reply other = base == null ? null : base.answer(message);
      tuned.keep(message, reply);
      if (base != null && other != null) {
        base.keep(message, other);
      }
      return new Turn(message, reply, other);
    }

    @Override
    public void close() {
      if (opened != null) {
        opened.close();
      }
    }
  }
}
