package rft.display;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.command.GraderRun;
import rft.command.GraderValidate;
import rft.grader.GraderAnswer;
import rft.run.NumberText;

/** Shows what is known of a grader, and what it says of answers. */
final class GraderViews {
  private GraderViews() {}

  static Shown validated(GraderValidate.Report report) {
    if (!report.problems().isEmpty()) {
      Page page = new Page().heading(report.file(), "is no grader");
      report.problems().forEach(page::trouble);
      return page.shown();
    }
    Page page = new Page().heading("grader " + report.name(), report.type());
    if (!report.weights().isEmpty()) {
      Sheet sheet = new Sheet("part", "weight", "");
      report
          .weights()
          .forEach((part, weight) -> sheet.row(part, weight, weight == 0 ? "metric" : ""));
      page.add(sheet);
    }
    report.warnings().forEach(warning -> page.say("warning: " + warning));
    if (!report.faults().isEmpty()) {
      Sheet sheet = new Sheet("rows", "first", "what the grader cannot do there");
      report.faults().forEach(fault -> sheet.row(fault.rows(), fault.first(), fault.reason()));
      page.trouble("of " + NumberText.counted(report.rows(), "row") + " some lack what it asks for")
          .add(sheet);
    } else if (report.rows() > 0) {
      page.note("each of " + NumberText.counted(report.rows(), "row") + " has what it asks for");
    }
    JsonNode json = report.grader();
    return json == null
        ? page.shown()
        : page.folded("JSON", new Page().block(json.toPrettyString()).shown()).shown();
  }

  static Shown graded(GraderRun.Report report) {
    Page page =
        new Page()
            .heading(
                "grader " + report.grader(),
                "%s, %s, mean reward %s"
                    .formatted(
                        report.type(),
                        NumberText.counted(report.answers().size(), "answer"),
                        NumberText.of(report.meanReward())));
    report.problem().ifPresent(page::trouble);
    return page.add(answers(report)).shown();
  }

  private static Sheet answers(GraderRun.Report report) {
    List<String> parts =
        report.answers().stream()
            .flatMap(row -> row.graded().subRewards().keySet().stream())
            .distinct()
            .toList();
    List<String> headings = new ArrayList<>(List.of("row", "reward"));
    headings.addAll(parts);
    headings.addAll(List.of("answer", "why"));
    Sheet sheet = new Sheet(headings.toArray(String[]::new));
    for (GraderRun.Answer row : report.answers()) {
      Map<String, Double> values = row.graded().subRewards();
      List<@Nullable Object> cells = new ArrayList<>();
      cells.add(row.taskId());
      cells.add(row.graded().errors().isEmpty() ? row.graded().reward() : Tone.BAD.word("failed"));
      parts.forEach(part -> cells.add(values.get(part)));
      cells.add(row.sample());
      cells.add(why(row.graded()));
      sheet.row(cells.toArray());
    }
    return sheet;
  }

  private static String why(GraderAnswer answer) {
    List<String> said = new ArrayList<>();
    String reason = answer.reason();
    if (reason != null) {
      said.add(reason);
    }
    answer
        .errors()
        .forEach(trouble -> said.add(trouble.error().jsonName() + ": " + trouble.detail()));
    return String.join("; ", said);
  }
}
