package rft.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.dataset.NearestName;
import rft.dataset.Task;
import rft.lab.Expectation;
import rft.lab.ReplayedExample;
import rft.lab.RewardExample;
import rft.lab.RewardExamples;
import rft.reward.Completion;
import rft.reward.RewardUnit;
import rft.reward.Verdict;

/** Replays a reward's examples: what it must pay and what it must not. Or adds one to them. */
@Command(
    name = "reward test",
    description = "Replay a reward's good and bad examples, or add one.",
    footer = {
      "  rft reward test number-match",
      "  rft reward test my.py --add --data json --task json-3 --completion no --max 0"
    })
public final class RewardTest implements Verb<RewardTest.Report> {
  @Parameters(
      arity = "1",
      paramLabel = "R",
      completionCandidates = Names.Rewards.class,
      description = "A ready reward's name, a reward's file or address.")
  private String reward = "";

  @Option(
      names = "--examples",
      paramLabel = "FILE",
      description = "Replay only these (default: NAME.examples.jsonl beside the reward).")
  private @Nullable Path examples;

  @Option(
      names = "--reward-seconds",
      paramLabel = "S",
      description = "Time limit of one call (default ${DEFAULT-VALUE}).")
  private double rewardSeconds = 20;

  @Option(names = "--add", description = "Add an example and replay it alone.")
  private boolean add;

  @Option(
      names = "--data",
      paramLabel = "D",
      completionCandidates = Names.Datasets.class,
      description = "With --add: the dataset of the task.")
  private @Nullable String data;

  @Option(names = "--task", paramLabel = "ID", description = "With --add: the id of its row.")
  private @Nullable String task;

  @Option(
      names = "--completion",
      paramLabel = "TEXT",
      description = "With --add: what was answered.")
  private @Nullable String completion;

  @Option(names = "--min", paramLabel = "X", description = "With --add: the least it must pay.")
  private @Nullable Double min;

  @Option(
      names = "--max",
      paramLabel = "X",
      description = "With --add: the most it may pay; 0 for a counter-example.")
  private @Nullable Double max;

  @Option(names = "--abstain", description = "With --add: it must not apply.")
  private boolean abstain;

  @Option(names = "--why", paramLabel = "TEXT", description = "With --add: the reason.")
  private @Nullable String why;

  /** For picocli, which sets the options. */
  public RewardTest() {}

  /**
   * What became of the examples.
   *
   * @param reward its name
   * @param sha256 of its unit
   * @param added the file that an example was added to; null if none was to be
   * @param rows one for each example, in the files' order
   */
  public record Report(String reward, String sha256, @Nullable String added, List<Row> rows)
      implements Result {
    public Report {
      rows = List.copyOf(rows);
    }

    /** Returns the examples of which the reward does not say what is expected. */
    public List<Row> failures() {
      return rows.stream().filter(row -> !row.passes()).toList();
    }

    /** Returns {@code DIVERGED} if an example failed that was not just added. */
    @Override
    public ExitCode exitCode() {
      return added == null && !failures().isEmpty() ? ExitCode.DIVERGED : ExitCode.OK;
    }

    @Override
    public Optional<String> problem() {
      return exitCode() == ExitCode.OK
          ? Optional.empty()
          : Optional.of(
              failures().size()
                  + " of "
                  + rows.size()
                  + " examples of "
                  + reward
                  + " fail: repair the reward, or the example if it is wrong");
    }

    @Override
    public Optional<String> text() {
      return Optional.of(TestText.of(this));
    }
  }

  /**
   * One example.
   *
   * @param from the file or the ready reward that has it
   * @param id of its task
   * @param prompt the user's text
   * @param reference the reference answer, empty if there is none
   * @param completion the text that was scored
   * @param expected in words, for example {@code at most 0}
   * @param verdict what the reward said
   * @param passes whether that is what is expected
   * @param why it is an example; null if nobody said
   */
  public record Row(
      String from,
      String id,
      String prompt,
      String reference,
      String completion,
      String expected,
      Verdict verdict,
      boolean passes,
      @Nullable String why) {
    private static Row of(String from, ReplayedExample replayed) {
      RewardExample example = replayed.example();
      return new Row(
          from,
          example.task().id(),
          example.task().promptText(),
          example.task().referenceText(),
          shown(example.completion()),
          example.expected().text(),
          replayed.verdict(),
          replayed.passes(),
          example.why());
    }
  }

  /** Returns a completion's text with the tools that it calls. */
  static String shown(Completion completion) {
    StringBuilder text = new StringBuilder(completion.text());
    completion
        .toolCalls()
        .forEach(call -> text.append(' ').append(call.name()).append(call.arguments()));
    return text.toString().strip();
  }

  @Override
  public Report run(Progress progress) throws IOException {
    if (!(rewardSeconds > 0)) {
      throw new IllegalArgumentException(
          "--reward-seconds (" + rewardSeconds + ") must be more than 0");
    }
    RewardUnit unit = Installation.current().reward(reward);
    ExampleFile own = new ExampleFile(reward, unit);
    if (add) {
      Path file = examples == null ? own.path() : examples;
      RewardExample example = example();
      if (!RewardExamples.add(file, example)) {
        throw new CommandException(
            ExitCode.FAILED, file + " has an example of this task and completion already");
      }
      return report(
          unit,
          file.toString(),
          List.of(new ExampleFile.Source(file.toString(), List.of(example))));
    }
    refuseWithoutAdd();
    List<ExampleFile.Source> sources =
        examples == null ? own.read() : List.of(ExampleFile.read(examples));
    if (sources.stream().allMatch(source -> source.examples().isEmpty())) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "there is no example of "
              + reward
              + ": write some into "
              + own.path()
              + ", one JSON object per line with prompt, reference_answer, completion and reward,"
              + " or add one with rft reward test "
              + reward
              + " --add");
    }
    return report(unit, null, sources);
  }

  private Report report(RewardUnit unit, @Nullable String added, List<ExampleFile.Source> sources) {
    Duration limit = Duration.ofNanos((long) (rewardSeconds * 1e9));
    List<Row> rows = new ArrayList<>();
    for (ExampleFile.Source source : sources) {
      ReplayedExample.all(unit, source.examples(), limit)
          .forEach(replayed -> rows.add(Row.of(source.from(), replayed)));
    }
    return new Report(unit.name(), unit.sha256(), added, rows);
  }

  private void refuseWithoutAdd() {
    boolean describes =
        data != null || task != null || completion != null || min != null || max != null || abstain;
    if (describes) {
      throw new CommandException(
          ExitCode.USAGE, "these options describe a new example: give --add, too");
    }
  }

  private RewardExample example() throws IOException {
    if (data == null || task == null || completion == null) {
      throw new CommandException(
          ExitCode.USAGE, "--add needs the example: --data D --task ID --completion TEXT");
    }
    RewardExample example =
        RewardExample.of(taskOf(data, task), Completion.of(completion), expected());
    return why == null ? example : example.because(why);
  }

  private Expectation expected() {
    if (abstain == (min != null || max != null)) {
      throw new CommandException(
          ExitCode.USAGE,
          "say what is expected: --max 0 for a counter-example, --min 1 for a good answer, both for"
              + " a range, or --abstain");
    }
    return abstain
        ? new Expectation.Abstains()
        : new Expectation.Within(
            min == null ? Double.NEGATIVE_INFINITY : min,
            max == null ? Double.POSITIVE_INFINITY : max);
  }

  private static Task taskOf(String data, String id) throws IOException {
    List<Task> tasks = Installation.current().dataset(data).tasks();
    return tasks.stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.NOT_FOUND,
                    "no task "
                        + id
                        + " in "
                        + data
                        + NearestName.hint(id, tasks.stream().map(Task::id).toList())));
  }
}
