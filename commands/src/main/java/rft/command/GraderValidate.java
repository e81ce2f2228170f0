package rft.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.dataset.Task;
import rft.grader.Grader;
import rft.grader.GraderException;
import rft.grader.GraderProblem;
import rft.grader.GraderSample;

/** Says whether a file is a grader, and what its author probably did not mean. */
@Command(
    name = "grader validate",
    description = "Check a grader's JSON, and its variables against rows.",
    footer = "  rft grader validate grader.json --data rows.jsonl")
public final class GraderValidate implements Verb<GraderValidate.Report> {
  @Parameters(arity = "1", paramLabel = "FILE", description = "A grader as JSON.")
  private String file = "";

  @Option(
      names = "--data",
      paramLabel = "D",
      completionCandidates = Names.Datasets.class,
      description = "Look whether each row has what the grader asks for.")
  private @Nullable String data;

  /** For picocli, which sets the options. */
  public GraderValidate() {}

  /**
   * What is known of a grader.
   *
   * @param grader in the shape of the schema; null if the file is none
   * @param name of the grader
   * @param type of the grader
   * @param file as it was named
   * @param problems why the file is no grader, each with its place
   * @param warnings what its author probably did not mean
   * @param weights of the parts of a weighted sum
   * @param rows that were looked at
   * @param faults what the grader cannot do with some rows
   */
  public record Report(
      @Nullable JsonNode grader,
      String name,
      String type,
      String file,
      List<String> problems,
      List<String> warnings,
      Map<String, Double> weights,
      int rows,
      List<RowFault> faults)
      implements Result {
    public Report {
      problems = List.copyOf(problems);
      warnings = List.copyOf(warnings);
      weights = new LinkedHashMap<>(weights);
      faults = List.copyOf(faults);
    }

    @Override
    public ExitCode exitCode() {
      return problems.isEmpty() && faults.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    @Override
    public Optional<String> problem() {
      if (!problems.isEmpty()) {
        return Optional.of(file + " is no grader");
      }
      return faults.isEmpty()
          ? Optional.empty()
          : Optional.of("some rows lack what " + name + " asks for: they would be no reward");
    }

    @Override
    public Optional<String> text() {
      return Optional.of(GraderReports.text(this));
    }
  }

  /**
   * What a grader cannot do with some rows.
   *
   * @param reason one sentence
   * @param rows how many
   * @param first id of the first of them
   */
  public record RowFault(String reason, int rows, String first) {}

  @Override
  public Report run(Progress progress) throws IOException {
    String source = new GraderFile(file).source();
    try {
      return sound(Grader.read(source));
    } catch (GraderException e) {
      return new Report(
          null,
          "",
          "",
          file,
          e.problems().stream().map(GraderProblem::sentence).toList(),
          List.of(),
          Map.of(),
          0,
          List.of());
    }
  }

  private Report sound(Grader grader) throws IOException {
    List<Task> tasks = data == null ? List.of() : Installation.current().dataset(data).tasks();
    return new Report(
        grader.toJson(),
        grader.name(),
        grader.type(),
        file,
        List.of(),
        grader.warnings(),
        grader instanceof Grader.Multi multi ? multi.weights() : Map.of(),
        tasks.size(),
        faults(grader, tasks));
  }

  private static List<RowFault> faults(Grader grader, List<Task> tasks) {
    Map<String, RowFault> found = new LinkedHashMap<>();
    for (Task task : tasks) {
      for (String reason : grader.problemsWith(GraderSample.item(task))) {
        found.merge(
            reason,
            new RowFault(reason, 1, task.id()),
            (first, more) -> new RowFault(reason, first.rows() + 1, first.first()));
      }
    }
    return new ArrayList<>(found.values());
  }
}
