package rft.command;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.advantage.GroupAdvantage;
import rft.dataset.Dataset;
import rft.dataset.Split;
import rft.dataset.Task;
import rft.lab.AnswerGroup;
import rft.lab.Card;
import rft.lab.CardPlan;
import rft.lab.CardRules;
import rft.lab.FullMarks;
import rft.lab.GoldForm;
import rft.policy.SamplingSettings;
import rft.reward.RewardUnit;
import rft.rollout.LoadedModel;

/**
 * Says, before anything is trained, whether a reward is sound and whether a model's answers give it
 * something to tell apart.
 */
@Command(
    name = "reward card",
    description = "Say whether a reward is sound, before training.",
    footer = "  rft reward card number-match --data addition --model tiny-chat")
public final class RewardCard implements Verb<RewardCard.Report> {
  @Parameters(
      arity = "1",
      paramLabel = "R",
      completionCandidates = Names.Rewards.class,
      description = "A ready reward's name, a reward's file or address.")
  private String reward = "";

  @Option(
      names = "--data",
      paramLabel = "D",
      completionCandidates = Names.Datasets.class,
      description = "A sample dataset's name or a .jsonl file (default: the run's).")
  private @Nullable String data;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      completionCandidates = Names.Splits.class,
      converter = SplitName.class,
      description = "train, validation or test (default train).")
  private Split split = Split.TRAIN;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "Tasks to sample answers of (default ${DEFAULT-VALUE}).")
  private int tasks = 64;

  @Option(
      names = {"--group", "--group-size"},
      paramLabel = "G",
      description = "Answers per task, as in the training (default 8).")
  private @Nullable Integer groupSize;

  @Option(
      names = "--model",
      paramLabel = "M",
      completionCandidates = Names.Models.class,
      description = "What is to be trained (default tiny-chat).")
  private String model = Installation.TINY_MODEL;

  @Option(
      names = "--device",
      paramLabel = "D",
      completionCandidates = Names.Devices.class,
      description = "cpu or cuda:N (default: the model's own, else cpu).")
  private @Nullable String device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Parts of a batch side by side (default: the cores).")
  private @Nullable Integer threads;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Of the draws (default ${DEFAULT-VALUE}).")
  private double temperature = 1;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      description = "Longest answer (default ${DEFAULT-VALUE}).")
  private int maxNewTokens = 48;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the draws (default ${DEFAULT-VALUE}).")
  private long seed = 0;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      completionCandidates = Names.Runs.class,
      description = "Judge this run's answers, from its first step on, and sample none.")
  private @Nullable String run;

  @Option(names = "--step", paramLabel = "N", description = "Only the run's answers of this step.")
  private @Nullable Integer step;

  @Option(
      names = "--rollouts",
      paramLabel = "NAME",
      completionCandidates = Names.Rollouts.class,
      description = "Judge what a cell sampled (%%rollout ... --as NAME).")
  private @Nullable String rollouts;

  @Option(
      names = "--full-marks",
      paramLabel = "V",
      description = "What a right answer gets (default ${DEFAULT-VALUE}).")
  private double fullMarks = 1;

  @Option(
      names = "--gold",
      paramLabel = "N",
      description = "The dataset's own answers to judge (default ${DEFAULT-VALUE}).")
  private int gold = 200;

  @Option(
      names = "--gold-form",
      paramLabel = "TEXT",
      description = "How they are written, with {answer} for the reference.")
  private @Nullable String goldForm;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "Answers to judge three times more (default ${DEFAULT-VALUE}).")
  private int repeat = 128;

  @Option(
      names = "--reward-seconds",
      paramLabel = "S",
      description = "Time limit of one call (default ${DEFAULT-VALUE}).")
  private double rewardSeconds = 5;

  /** For picocli, which sets the options. */
  public RewardCard() {}

  /**
   * A reward's card.
   *
   * @param reward its name
   * @param sha256 of its unit
   * @param answersOf who gave the answers, for example {@code tiny-chat}
   * @param dataset whose tasks they are; null for rollouts of a cell
   * @param reading what follows, by the published rules, and what to do next
   * @param card what was found
   * @param seconds wall time of all of it
   */
  public record Report(
      String reward,
      String sha256,
      String answersOf,
      @Nullable String dataset,
      Card.Reading reading,
      Card card,
      double seconds)
      implements Result {
    @Override
    public ExitCode exitCode() {
      return reading.outcome() == Card.Outcome.BROKEN ? ExitCode.DIVERGED : ExitCode.OK;
    }

    @Override
    public Optional<String> text() {
      return Optional.of(CardText.of(this));
    }
  }

  /** What is judged. */
  private record Subject(
      List<Task> tasks, List<AnswerGroup> answers, int spare, String answersOf, int size) {}

  @Override
  public Report run(Progress progress) throws IOException {
    if (tasks < 1 || gold < 0) {
      throw new IllegalArgumentException(
          "--tasks (" + tasks + ") must be at least 1, --gold (" + gold + ") at least 0");
    }
    long start = System.nanoTime();
    Installation installation = Installation.current();
    RewardUnit unit = installation.reward(reward);
    unit.warnings().forEach(warning -> progress.say("warning: " + warning));
    Subject subject = subject(installation, progress);
    progress.report(new Progress.Update("judge", 0, subject.answers().size(), List.of()));
    CardPlan plan =
        new CardPlan(
            new FullMarks(fullMarks),
            groupSize == null ? subject.size() : groupSize,
            repeat,
            Duration.ofNanos((long) (rewardSeconds * 1e9)),
            goldForm == null ? null : new GoldForm(goldForm),
            unit.weights(),
            rewards -> GroupAdvantage.group().of(rewards));
    Card card =
        plan.card(
            unit,
            subject.tasks().stream().limit(gold).toList(),
            subject.answers(),
            progress::stopRequested);
    int judged = subject.answers().size();
    progress.report(new Progress.Update("judge", judged, judged, List.of()));
    return new Report(
        unit.name(),
        unit.sha256(),
        subject.answersOf(),
        data,
        CardRules.reading(card, subject.spare()),
        card,
        (System.nanoTime() - start) / 1e9);
  }

  private Subject subject(Installation installation, Progress progress) throws IOException {
    if (run != null && rollouts != null) {
      throw new CommandException(
          ExitCode.USAGE, "--run and --rollouts exclude each other: give one");
    }
    if (rollouts != null) {
      return named(installation, rollouts);
    }
    if (run != null) {
      return stored(installation, Run.named(run));
    }
    if (data == null) {
      throw new CommandException(
          ExitCode.USAGE,
          "say what is to be answered: --data D, or what was answered: --run RUN, --rollouts NAME");
    }
    return sampled(installation, data, progress);
  }

  private Subject named(Installation installation, String name) throws IOException {
    Optional<Dataset> dataset =
        data == null ? Optional.empty() : Optional.of(installation.dataset(data));
    StoredAnswers stored = StoredAnswers.ofCell(NamedRollouts.of(name).report(), dataset, tasks);
    List<Task> asked = stored.answers().stream().map(AnswerGroup::task).distinct().toList();
    List<Task> all = dataset.map(known -> SplitTasks.of(known, split, gold)).orElse(asked);
    return new Subject(all, stored.answers(), 0, name, size(stored.answers()));
  }

  private Subject stored(Installation installation, Run from) throws IOException {
    String source = data == null ? from.header().options().inputs().dataset() : data;
    Dataset dataset = installation.dataset(source);
    StoredAnswers stored = StoredAnswers.ofRun(from, dataset, step, tasks);
    List<Task> all = SplitTasks.of(dataset, split, Integer.MAX_VALUE);
    int spare = Math.max(0, all.size() - stored.groups().size());
    return new Subject(all, stored.answers(), spare, "run " + from.id(), size(stored.answers()));
  }

  private static int size(List<AnswerGroup> groups) {
    return Math.max(
        2, groups.stream().mapToInt(group -> group.completions().size()).max().orElse(2));
  }

  private Subject sampled(Installation installation, String source, Progress progress)
      throws IOException {
    int size = groupSize == null ? 8 : groupSize;
    List<Task> all = SplitTasks.of(installation.dataset(source), split, Integer.MAX_VALUE);
    List<Task> asked = all.subList(0, Math.min(tasks, all.size()));
    progress.report(new Progress.Update("sample", 0, asked.size(), List.of()));
    Model named = installation.modelNamed(model);
    Model placed = device == null ? named : named.withDevice(device);
    try (LoadedModel loaded = (threads == null ? placed : placed.withThreads(threads)).open()) {
      SamplingSettings settings = new SamplingSettings(maxNewTokens, temperature, 1, 0);
      List<AnswerGroup> answers =
          new ModelSampler(loaded, settings, progress::stopRequested).sample(asked, size, seed);
      return new Subject(all, answers, all.size() - asked.size(), model, size);
    }
  }
}
