package rft.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import rft.grader.GraderAnswer;
import rft.reward.Failure;
import rft.run.NumberText;
import rft.run.PrintableText;

/** What is said of graders, in plain text. */
final class GraderReports {
  private static final int LONGEST = 70;
  private static final int MOST_ROWS = 20;

  private GraderReports() {}

  static String text(GraderValidate.Report report) {
    StringBuilder text = new StringBuilder();
    if (!report.problems().isEmpty()) {
      report.problems().forEach(problem -> text.append("bad  ").append(line(problem)).append('\n'));
      return text.toString().stripTrailing();
    }
    text.append("ok   ").append(line(report.name())).append(", ").append(report.type());
    if (!report.weights().isEmpty()) {
      text.append(", weights ").append(GroupText.weights(report.weights()));
    }
    text.append('\n');
    report.warnings().forEach(w -> text.append("     warning: ").append(line(w)).append('\n'));
    for (GraderValidate.RowFault fault : report.faults()) {
      text.append(
          "     %d of %s, first %s: %s%n"
              .formatted(
                  fault.rows(),
                  NumberText.counted(report.rows(), "row"),
                  line(fault.first()),
                  line(fault.reason())));
    }
    if (report.rows() > 0 && report.faults().isEmpty()) {
      text.append("     each of ")
          .append(NumberText.counted(report.rows(), "row"))
          .append(" has what it asks for\n");
    }
    return text.toString().stripTrailing();
  }

  static String text(GraderRun.Report report) {
    return report.one() ? one(report.answers().get(0).graded()) : many(report);
  }

  private static String one(GraderAnswer answer) {
    StringBuilder text =
        new StringBuilder(
            "reward %s  %s, %s, %s ms"
                .formatted(
                    NumberText.of(answer.reward()),
                    line(answer.name()),
                    answer.type(),
                    NumberText.of(answer.seconds() * 1000)));
    answer
        .subRewards()
        .forEach(
            (part, value) ->
                text.append("\n  %-16s  %s".formatted(line(part), NumberText.of(value))));
    String reason = answer.reason();
    if (reason != null) {
      text.append("\n  because ").append(line(reason));
    }
    for (GraderAnswer.Trouble trouble : answer.errors()) {
      text.append("\n  ").append(trouble.error().jsonName()).append(": ");
      text.append(line(trouble.detail()));
    }
    if (answer.verdict() instanceof Failure failure) {
      text.append("\n  in a training: no reward, but a failure (");
      text.append(failure.kind().name().toLowerCase(Locale.ROOT)).append(")");
    }
    return text.toString();
  }

  private static String many(GraderRun.Report report) {
    StringBuilder text =
        new StringBuilder(
            "%s, %s: %s, mean reward %s"
                .formatted(
                    line(report.grader()),
                    report.type(),
                    NumberText.counted(report.answers().size(), "answer"),
                    NumberText.of(report.meanReward())));
    List<GraderRun.Answer> shown =
        report.answers().subList(0, Math.min(MOST_ROWS, report.answers().size()));
    for (GraderRun.Answer row : shown) {
      text.append(
          "\n  %-16s %8s%s  %s"
              .formatted(
                  line(row.taskId()),
                  NumberText.of(row.graded().reward()),
                  parts(row.graded()),
                  cut(row.sample())));
    }
    if (shown.size() < report.answers().size()) {
      text.append("\n  and ").append(report.answers().size() - shown.size()).append(" more");
    }
    return text.toString();
  }

  /** Returns the parts of an answer on one line, or what went wrong. */
  static String parts(GraderAnswer answer) {
    if (!answer.errors().isEmpty()) {
      return "  "
          + answer.errors().stream()
              .map(trouble -> trouble.error().jsonName())
              .distinct()
              .collect(Collectors.joining(", "));
    }
    return answer.subRewards().isEmpty()
        ? ""
        : answer.subRewards().entrySet().stream()
            .map(GraderReports::part)
            .collect(Collectors.joining(", ", "  (", ")"));
  }

  private static String part(Map.Entry<String, Double> part) {
    return line(part.getKey()) + " " + NumberText.of(part.getValue());
  }

  private static String cut(String text) {
    String line = line(text);
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "..";
  }

  private static String line(String text) {
    return PrintableText.line(text);
  }
}
