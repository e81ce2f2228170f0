package rft.cli;

import java.util.List;
import rft.command.DataCheck;
import rft.command.DataShow;
import rft.command.DataSplit;
import rft.command.SplitSizes;
import rft.dataset.Message;
import rft.dataset.RowProblem;
import rft.run.NumberText;

/** Prints the results of the data verbs. */
final class DataViews {
  private DataViews() {}

  static void check(DataCheck.Report report, Terminal terminal) {
    for (DataCheck.FileReport file : report.files()) {
      problems(file.file(), file.problems(), terminal);
      if (file.rows() == 0) {
        terminal.print(
            Line.of(Style.RED, "empty")
                .plus("  " + file.file() + " has no row; write one JSON object with messages and")
                .plus(" reference_answer per line"));
        continue;
      }
      boolean clean = file.problems().isEmpty();
      terminal.print(
          Line.of(clean ? Style.GREEN : Style.RED, clean ? "ok" : "bad")
              .plus("  " + file.file() + ": " + summary(file)));
      SplitSizes splits = file.splits();
      terminal.line(
          "    train %d, validation %d, test %d; sha256 %.12s"
              .formatted(splits.train(), splits.validation(), splits.test(), file.sha256()));
    }
  }

  private static String summary(DataCheck.FileReport file) {
    String text = NumberText.counted(file.rows(), "row") + ", " + file.problems().size() + " bad";
    return file.rowsWithoutReference() == 0
        ? text
        : text + ", " + file.rowsWithoutReference() + " without reference_answer";
  }

  static void split(DataSplit.Parts parts, Terminal terminal) {
    problems(parts.file(), parts.problems(), terminal);
    Table table = new Table("lrl");
    parts
        .written()
        .forEach(
            part -> table.row(part.split().jsonName(), String.valueOf(part.rows()), part.file()));
    table.print(terminal);
    if (!parts.problems().isEmpty()) {
      terminal.print(
          Line.of(
              Style.RED,
              NumberText.counted(parts.problems().size(), "bad row") + " left out, see above"));
    }
  }

  static void show(DataShow.Page page, Terminal terminal) {
    for (DataShow.Row row : page.rows()) {
      terminal.print(
          Line.of(Style.BOLD, row.id()).plus(Style.FAINT, "  " + row.split().jsonName()));
      for (Message message : row.messages()) {
        terminal.print(Line.of(Style.FAINT, "  " + message.role().jsonName()));
        terminal.block("    ", message.content());
        message
            .toolCalls()
            .forEach(call -> terminal.line("    " + call.name() + "(" + call.arguments() + ")"));
      }
      if (!row.referenceAnswer().isNull()) {
        terminal.print(Line.of(Style.FAINT, "  reference answer"));
        terminal.block(
            "    ",
            row.referenceAnswer().isTextual()
                ? row.referenceAnswer().textValue()
                : row.referenceAnswer().toString());
      }
      if (!row.attributes().isEmpty()) {
        terminal.print(Line.of(Style.FAINT, "  " + row.attributes()));
      }
    }
    String skipped =
        page.problems() == 0
            ? ""
            : "; " + NumberText.counted(page.problems(), "bad row") + " not shown";
    terminal.line(
        page.rows().size() + " of " + NumberText.counted(page.matching(), "row") + skipped);
  }

  private static void problems(String file, List<RowProblem> problems, Terminal terminal) {
    for (RowProblem problem : problems) {
      terminal.print(
          Line.of(file + ":" + problem.line() + ":" + problem.column() + ": ")
              .plus(Style.BOLD, problem.reason())
              .plus("; " + problem.fix()));
    }
  }
}
