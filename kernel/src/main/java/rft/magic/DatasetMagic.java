package rft.magic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import rft.dataset.Dataset;
import rft.dataset.DatasetReader;
import rft.dataset.RowProblem;
import rft.dataset.Task;

/** Makes a dataset of the lines below. */
@Command(
    name = "dataset",
    description = "Make a dataset of the lines below: JSONL, or CSV with question and answer.",
    footer = {"  %%%%dataset sums", "  question,answer", "  What is 1 + 1?,2"})
final class DatasetMagic implements CellCommand {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_PROBLEMS = 20;
  private static final String QUESTION = "question";
  private static final String ANSWER = "answer";

  @Parameters(arity = "1", paramLabel = "NAME", description = "What the dataset is called.")
  private String name = "";

  DatasetMagic() {}

  @Override
  public Optional<Object> run(MagicCall call) throws IOException {
    MagicRunner.checkName(call, name);
    if (!call.hasBody()) {
      return Optional.of(
          new DisplayData(
              "Put rows below, one JSON object per line, or CSV with a heading:\n\n%%dataset "
                  + name
                  + "\nquestion,answer\nWhat is 1 + 1?,2\nWhat is 2 + 3?,5\n"));
    }
    Body body = call.body().strip().startsWith("{") ? jsonl(call.body()) : csv(call);
    Dataset dataset = read(body);
    report(call, dataset, body);
    if (dataset.tasks().isEmpty()) {
      throw call.wrong("NoRows", "no row can be used: " + name + " is not made");
    }
    call.state().bind(name, dataset);
    return Optional.of(dataset);
  }

  /**
   * The rows.
   *
   * @param jsonl one per line
   * @param lines the line of the body on which each line of {@code jsonl} was written
   */
  private record Body(String jsonl, List<Integer> lines) {
    int written(RowProblem problem) {
      int index = (int) problem.line() - 1;
      return index < lines.size() ? lines.get(index) : lines.size();
    }
  }

  private static Body jsonl(String text) {
    List<Integer> lines = new ArrayList<>();
    for (int i = 1; i <= text.split("\n", -1).length; i++) {
      lines.add(i);
    }
    return new Body(text, lines);
  }

  private Body csv(MagicCall call) {
    List<CsvRows.Row> rows;
    try {
      rows = CsvRows.of(call.body());
    } catch (IllegalArgumentException e) {
      throw call.wrong("BadRow", String.valueOf(e.getMessage()) + " (counted below the magic)");
    }
    List<String> heading = rows.get(0).values();
    if (!heading.contains(QUESTION)) {
      int start =
          new CellText(call.cell().code()).startOfLine(bodyLine(call) + rows.get(0).line() - 1);
      throw new MagicException(
          "BadHeading",
          "the first line must name the columns, question and answer among them (or each line must"
              + " be a JSON object)",
          start,
          start + call.cell().lineText(start).length());
    }
    StringBuilder jsonl = new StringBuilder();
    List<Integer> lines = new ArrayList<>();
    for (CsvRows.Row row : rows.subList(1, rows.size())) {
      requireAsManyAs(heading, row, call);
      jsonl.append(json(heading, row)).append('\n');
      lines.add(row.line());
    }
    return new Body(jsonl.toString(), lines);
  }

  /** A comma in a text that is not quoted would else cut the text without a word. */
  private void requireAsManyAs(List<String> heading, CsvRows.Row row, MagicCall call) {
    if (row.values().size() != heading.size()) {
      int start = new CellText(call.cell().code()).startOfLine(bodyLine(call) + row.line() - 1);
      throw new MagicException(
          "BadRow",
          "this line has %d values and the heading %d: put a text that holds a comma in double quotes"
              .formatted(row.values().size(), heading.size()),
          start,
          start + call.cell().lineText(start).length());
    }
  }

  private static String json(List<String> heading, CsvRows.Row row) {
    ObjectNode object = JSON.createObjectNode();
    for (int i = 0; i < Math.min(heading.size(), row.values().size()); i++) {
      String value = row.values().get(i);
      switch (heading.get(i)) {
        case QUESTION ->
            object.putArray("messages").addObject().put("role", "user").put("content", value);
        case ANSWER -> object.put("reference_answer", value);
        default -> object.put(heading.get(i), value);
      }
    }
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts cannot be written as JSON", e);
    }
  }

  private Dataset read(Body body) throws IOException {
    List<Task> tasks = new ArrayList<>();
    List<RowProblem> problems = new ArrayList<>();
    byte[] bytes = body.jsonl().getBytes(StandardCharsets.UTF_8);
    DatasetReader.Totals totals =
        DatasetReader.stream(new ByteArrayInputStream(bytes), tasks::add, problems::add);
    return new Dataset(
        name, tasks, problems, totals.sha256(), totals.rows(), totals.rowsWithoutReference());
  }

  /** Says at which lines of the cell rows are left out. */
  private static void report(MagicCall call, Dataset dataset, Body body) {
    List<RowProblem> problems = dataset.problems();
    if (problems.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    text.append(problems.size()).append(" of ").append(dataset.rows());
    text.append(" rows are left out:");
    for (RowProblem problem : problems.subList(0, Math.min(MOST_PROBLEMS, problems.size()))) {
      int line = bodyLine(call) + body.written(problem) - 1;
      text.append("\nline ").append(line).append(": ").append(problem.reason());
      text.append("; ").append(problem.fix());
    }
    call.output().display(new DisplayData(rft.run.PrintableText.block(text.toString())));
  }

  private static int bodyLine(MagicCall call) {
    return call.cell().line(call.magic().bodyStart());
  }
}
