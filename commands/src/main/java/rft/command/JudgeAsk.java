package rft.command;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.dataset.NearestName;
import rft.dataset.Task;
import rft.judge.JudgeSettings;
import rft.judge.TranscribedModel;
import rft.reward.Completion;
import rft.reward.GroupReward;
import rft.reward.Judgement;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;
import rft.reward.Verdict;

/** Has one answer judged, and shows what the model was sent and what it replied. */
@Command(
    name = "judge ask",
    description = "Have one answer judged; show what was sent and replied.",
    footer = "  rft judge ask summarization --data addition --completion 858")
public final class JudgeAsk implements Verb<JudgeAsk.Report> {
  @Parameters(
      arity = "1",
      paramLabel = "R",
      completionCandidates = Names.Rewards.class,
      description = "A reward that asks a model: a ready one's name, or a file of one.")
  private String reward = "";

  @Option(
      names = "--data",
      paramLabel = "D",
      completionCandidates = Names.Datasets.class,
      description = "The dataset of the task.")
  private @Nullable String data;

  @Option(
      names = "--task",
      paramLabel = "ID",
      description = "The id of its row (default: the first one).")
  private @Nullable String task;

  @Option(names = "--prompt", paramLabel = "TEXT", description = "What was asked, without --data.")
  private @Nullable String prompt;

  @Option(
      names = "--reference",
      paramLabel = "TEXT",
      description = "An answer that is known to be good, if there is one.")
  private @Nullable String reference;

  @Option(
      names = "--completion",
      paramLabel = "TEXT",
      description = "What was answered (default: the reference answer).")
  private @Nullable String completion;

  @Mixin private JudgeFlags judge = new JudgeFlags();

  @Option(
      names = "--reward-seconds",
      paramLabel = "S",
      description = "Time limit of the call (default ${DEFAULT-VALUE}).")
  private double rewardSeconds = 120;

  /** For picocli, which sets the options. */
  public JudgeAsk() {}

  /**
   * What was asked, what was replied, and what became of it.
   *
   * @param reward its name
   * @param model that was asked
   * @param taskId the task
   * @param completion the answer that was judged
   * @param exchanges each question with its reply
   * @param verdict what the reward made of it
   * @param seconds wall time
   */
  public record Report(
      String reward,
      String model,
      String taskId,
      String completion,
      List<Exchange> exchanges,
      Verdict verdict,
      double seconds)
      implements Result {
    public Report {
      exchanges = List.copyOf(exchanges);
    }

    @Override
    public ExitCode exitCode() {
      return verdict.reward().isPresent() ? ExitCode.OK : ExitCode.FAILED;
    }

    @Override
    public Optional<String> problem() {
      return verdict.fold(
          score -> Optional.empty(),
          abstain -> Optional.of("the reward abstained: " + abstain.reason()),
          failure -> Optional.of("no score: " + failure.detail()));
    }

    @Override
    public Optional<String> text() {
      return Optional.of(JudgeText.of(this));
    }
  }

  /**
   * One question.
   *
   * @param sent each message as {@code ROLE: TEXT}
   * @param reply what came back; null if nothing did
   * @param error why not; null if something did
   */
  public record Exchange(List<String> sent, @Nullable String reply, @Nullable String error) {
    public Exchange {
      sent = List.copyOf(sent);
    }

    static Exchange of(TranscribedModel.Exchange exchange) {
      return new Exchange(
          exchange.request().messages().stream()
              .map(message -> message.role().jsonName() + ": " + message.content())
              .toList(),
          exchange.reply(),
          exchange.error());
    }
  }

  @Override
  public Report run(Progress progress) throws IOException {
    Installation installation = Installation.current();
    RewardUnit unit = installation.reward(reward);
    Task asked = asked(installation);
    String answer = completion == null ? asked.referenceText() : completion;
    TranscribedModel model =
        JudgeSettings.with(
            judge.settings(), () -> new TranscribedModel(JudgeSettings.current().model()));
    GroupReward loaded = JudgeSettings.with(model, unit::load);
    Duration limit = Duration.ofNanos((long) (rewardSeconds * 1e9));
    try (RewardJudge judging = new RewardJudge(loaded, limit)) {
      Judgement judgement = judging.judge(asked, List.of(Completion.of(answer))).get(0);
      return new Report(
          unit.name(),
          model.name(),
          asked.id(),
          answer,
          model.exchanges().stream().map(Exchange::of).toList(),
          judgement.verdict(),
          judgement.latency().toNanos() / 1e9);
    }
  }

  private Task asked(Installation installation) throws IOException {
    if ((data == null) == (prompt == null)) {
      throw new CommandException(
          ExitCode.USAGE, "say what was asked: --data D with --task ID, or --prompt TEXT");
    }
    if (prompt != null) {
      if (completion == null) {
        throw new CommandException(ExitCode.USAGE, "say what was answered: --completion TEXT");
      }
      return Task.of("asked", prompt, reference == null ? "" : reference);
    }
    List<Task> tasks = installation.dataset(String.valueOf(data)).tasks();
    return task == null
        ? tasks.get(0)
        : tasks.stream()
            .filter(row -> row.id().equals(task))
            .findFirst()
            .orElseThrow(() -> unknown(tasks, String.valueOf(task)));
  }

  private CommandException unknown(List<Task> tasks, String id) {
    List<String> ids = tasks.stream().map(Task::id).toList();
    return new CommandException(
        ExitCode.NOT_FOUND, data + " has no task " + id + NearestName.hint(id, ids));
  }
}
