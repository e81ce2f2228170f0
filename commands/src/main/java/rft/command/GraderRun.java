package rft.command;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.dataset.Dataset;
import rft.grader.Grader;
import rft.grader.GraderAnswer;
import rft.grader.GraderRuntime;
import rft.grader.GraderSample;
import rft.grader.GraderServices;
import rft.reward.Completion;

/** Runs a grader as the service does: on one answer, on a dataset's references, or on a run. */
@Command(
    name = "grader run",
    description = "Run a grader on answers, as the service does.",
    footer = "  rft grader run grader.json --item row.json --sample \"It is 4.\"")
public final class GraderRun implements Verb<GraderRun.Report> {
  @Parameters(arity = "1", paramLabel = "FILE", description = "A grader as JSON.")
  private String file = "";

  @Option(
      names = "--item",
      paramLabel = "ROW",
      description = "The row: a JSON object, or a file that holds one (default {}).")
  private @Nullable String item;

  @Option(names = "--sample", paramLabel = "TEXT", description = "The answer to grade.")
  private @Nullable String sample;

  @Option(
      names = "--data",
      paramLabel = "D",
      completionCandidates = Names.Datasets.class,
      description = "Grade the reference answers of a dataset, or look up a run's rows.")
  private @Nullable String data;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      completionCandidates = Names.Runs.class,
      description = "Grade rollouts of this run.")
  private @Nullable String run;

  @Option(
      names = "--step",
      paramLabel = "N",
      description = "Only rollouts of this step (default: the last ones).")
  private @Nullable Integer step;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Reference answers at most (default ${DEFAULT-VALUE}).")
  private int rows = 8;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Rollouts at most (default ${DEFAULT-VALUE}).")
  private int limit = 200;

  /** For picocli, which sets the options. */
  public GraderRun() {}

  /**
   * What a grader says of answers.
   *
   * @param grader its name
   * @param type its type
   * @param one whether a single answer was given, whose JSON is then the service's own answer
   * @param answers in order
   */
  public record Report(String grader, String type, boolean one, List<Answer> answers)
      implements Result {
    public Report {
      answers = List.copyOf(answers);
    }

    /** Returns the mean of the rewards that the service would pay. */
    public double meanReward() {
      return answers.stream().mapToDouble(row -> row.graded().reward()).average().orElse(0);
    }

    /** Returns how many answers have each flag. */
    public Map<String, Integer> errors() {
      Map<String, Integer> counts = new TreeMap<>();
      for (Answer row : answers) {
        row.graded().errors().stream()
            .map(trouble -> trouble.error().jsonName())
            .distinct()
            .forEach(flag -> counts.merge(flag, 1, Integer::sum));
      }
      return counts;
    }

    /** Returns the service's answer for a single one, and a list of them for more. */
    @JsonValue
    public JsonNode json() {
      if (one) {
        return answers.get(0).graded().toJson();
      }
      ObjectNode all = JsonNodeFactory.instance.objectNode();
      all.put("name", grader).put("type", type).put("mean_reward", meanReward());
      errors().forEach(all.putObject("errors")::put);
      ArrayNode list = all.putArray("answers");
      for (Answer row : answers) {
        list.addObject()
            .put("task_id", row.taskId())
            .put("model_sample", row.sample())
            .set("answer", row.graded().toJson());
      }
      return all;
    }

    @Override
    public Optional<String> problem() {
      return errors().isEmpty()
          ? Optional.empty()
          : Optional.of(
              "errors, for which the service pays 0 and a training's failure policy decides: "
                  + errors());
    }

    @Override
    public Optional<String> text() {
      return Optional.of(GraderReports.text(this));
    }
  }

  /**
   * One answer and what the grader says of it.
   *
   * @param taskId id of the row; empty for one that was given alone
   * @param sample the answer
   * @param graded what the grader says
   */
  public record Answer(String taskId, String sample, GraderAnswer graded) {}

  @Override
  public Report run(Progress progress) throws IOException, InterruptedException {
    Grader grader = new GraderFile(file).grader();
    grader.warnings().forEach(warning -> progress.say("warning: " + warning));
    boolean one = sample != null;
    if (one == (data != null || run != null)) {
      throw new CommandException(
          ExitCode.USAGE,
          "say what to grade: --sample TEXT with --item ROW, or --data D, or --run RUN");
    }
    List<Answer> answers = new ArrayList<>();
    try (GraderRuntime runtime = new GraderRuntime(grader, GraderServices.standard())) {
      if (sample != null) {
        answers.add(
            new Answer("", sample, runtime.grade(row(), GraderSample.of(Completion.of(sample)))));
      } else {
        for (Trial trial : trials()) {
          if (progress.stopRequested()) {
            break;
          }
          answers.add(
              new Answer(
                  trial.task().id(),
                  trial.completion().text(),
                  runtime.grade(
                      GraderSample.item(trial.task()), GraderSample.of(trial.completion()))));
        }
      }
    }
    return new Report(grader.name(), grader.type(), one, answers);
  }

  private ObjectNode row() throws IOException {
    if (item == null) {
      return JsonNodeFactory.instance.objectNode();
    }
    boolean inline = item.stripLeading().startsWith("{");
    if (!inline && !Files.isRegularFile(Installation.path(item))) {
      throw new CommandException(
          ExitCode.NOT_FOUND, "no file " + item + ": give --item a JSON object, or a file of one");
    }
    try {
      JsonNode row =
          new JsonMapper().readTree(inline ? item : Files.readString(Installation.path(item)));
      if (row instanceof ObjectNode object) {
        return object.remove(List.of("messages", "tools"));
      }
    } catch (JsonProcessingException e) {
      throw new CommandException(
          ExitCode.USAGE, "--item is not valid JSON: " + e.getOriginalMessage(), e);
    }
    throw new CommandException(ExitCode.USAGE, "--item must be a JSON object, as a row is");
  }

  private List<Trial> trials() throws IOException {
    if (rows < 0 || limit < 0) {
      throw new IllegalArgumentException(
          "--rows (" + rows + ") and --limit (" + limit + ") must be at least 0");
    }
    Optional<Run> from = run == null ? Optional.empty() : Optional.of(Run.named(run));
    String source = data != null ? data : from.orElseThrow().header().options().inputs().dataset();
    Dataset dataset = Installation.current().dataset(source);
    Trials trials = new Trials(Optional.of(dataset));
    if (from.isPresent()) {
      trials.addRun(from.get(), step, limit);
    } else {
      trials.addReferences(rows);
    }
    return trials.all();
  }
}
