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
  private static final String QUESTION = "question";
  private static final String ANSWER = "answer";

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "What the dataset is called.")
  private String name = "";

  DatasetMagic() {}

  @Override
  public Optional<Object> run(MagicCall call) throws IOException {
    if (call.isEmpty(name)) {
      return Optional.of(
          new DisplayData(
              "Put rows below, one JSON object per line, or CSV with a heading:\n\n%%dataset "
                  + MagicCall.nameOrExample(name)
                  + "\nquestion,answer\nWhat is 1 + 1?,2\nWhat is 2 + 3?,5\n"));
    }
    Body body = call.body().strip().startsWith("{") ? jsonl(call.body()) : csv(call);
    Dataset dataset = read(call, body);
    if (dataset.tasks().isEmpty()) {
      throw call.wrong(
          "NoRows",
          "no row can be used, and "
              + name
              + " is not made; "
              + dataset.problems().stream()
                  .map(RowProblem::sentence)
                  .findFirst()
                  .orElse("there is none"));
    }
    call.state().bind(name, dataset);
    return Optional.of(dataset);
  }

  /**
   * The rows.
   *
   * @param jsonl one per line
   * @param lines the line of the body on which each line of {@code jsonl} was written
   * @param asWritten whether columns are those of the body, too
   */
  private record Body(String jsonl, List<Integer> lines, boolean asWritten) {
    RowProblem inCell(RowProblem problem, int bodyLine) {
      int index = (int) problem.line() - 1;
      int line = index < lines.size() ? lines.get(index) : lines.size();
      int column = asWritten ? problem.column() : 1;
      return new RowProblem(bodyLine + line - 1L, column, problem.reason(), problem.fix());
    }
  }

  private static Body jsonl(String text) {
    List<Integer> lines = new ArrayList<>();
    for (int i = 1; i <= text.split("\n", -1).length; i++) {
      lines.add(i);
    }
    return new Body(text, lines, true);
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
    return new Body(jsonl.toString(), lines, false);
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

  /** Returns the dataset, whose problems are at the lines of the cell. */
  private Dataset read(MagicCall call, Body body) throws IOException {
    List<Task> tasks = new ArrayList<>();
    List<RowProblem> problems = new ArrayList<>();
    byte[] bytes = body.jsonl().getBytes(StandardCharsets.UTF_8);
    DatasetReader.Totals totals =
        DatasetReader.stream(new ByteArrayInputStream(bytes), tasks::add, problems::add);
    List<RowProblem> inCell =
        problems.stream().map(each -> body.inCell(each, bodyLine(call))).toList();
    return new Dataset(
        name, tasks, inCell, totals.sha256(), totals.rows(), totals.rowsWithoutReference());
  }

  private static int bodyLine(MagicCall call) {
    return call.cell().line(call.magic().bodyStart());
  }
}
