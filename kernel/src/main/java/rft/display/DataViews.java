package rft.display;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import rft.command.DataCheck;
import rft.command.DataShow;
import rft.command.DataSplit;
import rft.dataset.Dataset;
import rft.dataset.Message;
import rft.dataset.RowProblem;
import rft.dataset.Splitter;
import rft.dataset.Task;
import rft.run.NumberText;

/** Shows datasets and what the data verbs say of them. */
final class DataViews {
  private static final int MOST_PROBLEMS = 20;

  private DataViews() {}

  static Shown dataset(Dataset dataset) {
    String size =
        NumberText.counted(dataset.tasks().size(), "task") + ", SHA-256 " + start(dataset.sha256());
    Page page = new Page().heading(dataset.name(), size).add(tasks(dataset.tasks()));
    int bad = dataset.problems().size();
    if (bad > 0) {
      String verb = bad == 1 ? "is" : "are";
      page.trouble(
          "%d of %s %s left out:".formatted(bad, NumberText.counted(dataset.rows(), "row"), verb));
    }
    problems(page, dataset.problems());
    return page.shown();
  }

  static Sheet tasks(List<Task> tasks) {
    Splitter splitter = Splitter.standard();
    Sheet sheet = new Sheet("task", "split", "prompt", "reference");
    for (Task task : tasks) {
      if (sheet.isFull()) {
        break;
      }
      sheet.row(
          task.id(), splitter.splitOf(task).jsonName(), task.promptText(), task.referenceText());
    }
    return sheet.outOf(tasks.size());
  }

  private static String start(String sha256) {
    return sha256.substring(0, Math.min(12, sha256.length()));
  }

  private static void problems(Page page, List<RowProblem> problems) {
    problems.stream().limit(MOST_PROBLEMS).forEach(each -> page.trouble(each.sentence()));
    if (problems.size() > MOST_PROBLEMS) {
      page.trouble("and " + (problems.size() - MOST_PROBLEMS) + " more bad rows");
    }
  }

  static Shown task(Task task) {
    Page page = new Page().heading("task " + task.id(), "");
    messages(page, task.messages());
    reference(page, task.reference(), task.attributes());
    return page.shown();
  }

  private static void messages(Page page, List<Message> messages) {
    for (Message message : messages) {
      page.note(message.role().jsonName()).block(message.content());
      message
          .toolCalls()
          .forEach(call -> page.say("calls " + call.name() + "(" + call.arguments() + ")"));
    }
  }

  private static void reference(Page page, JsonNode reference, JsonNode attributes) {
    if (!reference.isNull() && !reference.isMissingNode()) {
      page.note("reference answer")
          .block(reference.isTextual() ? reference.textValue() : reference.toString());
    }
    if (!attributes.isEmpty()) {
      page.note("attributes " + attributes);
    }
  }

  static Shown check(DataCheck.Report report) {
    Page page = new Page();
    for (DataCheck.FileReport file : report.files()) {
      boolean good = file.problems().isEmpty() && file.goodRows() > 0;
      String size =
          NumberText.counted(file.rows(), "row")
              + ", "
              + file.problems().size()
              + " bad, "
              + file.rowsWithoutReference()
              + " without reference_answer";
      page.heading(file.file(), size).add((good ? Tone.GOOD : Tone.BAD).word(good ? "ok" : "bad"));
      if (file.rows() == 0) {
        page.trouble("no row: write one JSON object with messages and reference_answer per line");
      }
      problems(page, file.problems());
      page.add(
          new Sheet("train", "validation", "test", "SHA-256")
              .row(
                  file.splits().train(),
                  file.splits().validation(),
                  file.splits().test(),
                  start(file.sha256())));
    }
    return page.shown();
  }

  static Shown page(DataShow.Page shown) {
    Page page = new Page();
    for (DataShow.Row row : shown.rows()) {
      page.heading(row.id(), row.split().jsonName());
      messages(page, row.messages());
      reference(page, row.referenceAnswer(), row.attributes());
    }
    String bad = shown.problems() == 0 ? "" : "; " + shown.problems() + " bad rows not shown";
    return page.note(
            shown.rows().size() + " of " + NumberText.counted(shown.matching(), "row") + bad)
        .shown();
  }

  static Shown parts(DataSplit.Parts parts) {
    Page page = new Page().heading(parts.file(), "");
    problems(page, parts.problems());
    Sheet sheet = new Sheet("split", "rows", "file");
    parts.written().forEach(part -> sheet.row(part.split().jsonName(), part.rows(), part.file()));
    return page.add(sheet).shown();
  }
}
