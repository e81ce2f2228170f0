package rft.command;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import rft.lab.JudgeFinding;
import rft.lab.JudgeReport;
import rft.run.NumberText;
import rft.run.PrintableText;

/** A judge in plain text: what it was asked and said, and how far it can be trusted. */
final class JudgeText {
  private static final int LONGEST = 70;

  private JudgeText() {}

  static String of(JudgeAsk.Report report) {
    StringBuilder text = new StringBuilder();
    if (report.exchanges().isEmpty()) {
      text.append(PrintableText.line(report.reward())).append(" asked no model\n");
    }
    for (JudgeAsk.Exchange exchange : report.exchanges()) {
      text.append("sent to ").append(PrintableText.line(report.model())).append("\n");
      exchange.sent().forEach(message -> text.append(indented(message)));
      String reply = exchange.reply();
      text.append(reply == null ? "no reply\n" : "reply\n");
      text.append(indented(reply == null ? String.valueOf(exchange.error()) : reply));
    }
    String verdict =
        report
            .verdict()
            .fold(
                score -> "score " + NumberText.of(score.value()) + parts(score.parts()),
                abstain -> "abstains: " + abstain.reason(),
                failure ->
                    "failed, "
                        + failure.kind().name().toLowerCase(Locale.ROOT)
                        + ": "
                        + failure.detail());
    double cost = report.verdict().costUsd();
    return text
        + PrintableText.line(verdict + (cost == 0 ? "" : "  " + NumberText.of(cost) + " USD"));
  }

  private static String indented(String block) {
    return PrintableText.block(block)
        .lines()
        .map(line -> "  " + line + "\n")
        .collect(Collectors.joining());
  }

  private static String parts(Map<String, Double> parts) {
    return parts.isEmpty()
        ? ""
        : parts.entrySet().stream()
            .map(part -> part.getKey() + " " + NumberText.of(part.getValue()))
            .collect(Collectors.joining(", ", "  (", ")"));
  }

  static String of(JudgeChecking.Report report) {
    JudgeReport check = report.check();
    StringBuilder text = new StringBuilder();
    text.append(headline(report)).append('\n');
    text.append("  ").append(scope(report)).append('\n');
    text.append("  ").append(noise(check)).append("\n\n");
    for (JudgeFinding finding : check.findings()) {
      text.append(
          "  %-7s %-15s %-25s %-23s %s%n"
              .formatted(
                  word(finding.status()),
                  finding.name(),
                  finding.value().text(),
                  finding.limit(),
                  PrintableText.line(finding.said())));
    }
    for (JudgeReport.Evidence evidence : check.evidence()) {
      String line = PrintableText.line(evidence.answer());
      text.append(
          "%n  %s: %s  %s  %s"
              .formatted(
                  evidence.what(),
                  numbers(evidence),
                  PrintableText.line(evidence.taskId()),
                  line.length() <= LONGEST ? line : line.substring(0, LONGEST) + ".."));
    }
    return text.append(check.evidence().isEmpty() ? "" : "\n")
        .append("\nnext: ")
        .append(check.next())
        .toString();
  }

  /** Returns the outcome in a sentence. */
  static String headline(JudgeChecking.Report report) {
    String outcome =
        switch (report.check().outcome()) {
          case NO_FAULT_FOUND -> "no fault found";
          case NOT_SURE -> "not sure";
          case FAULT_FOUND -> "a fault found";
        };
    return "judge "
        + report.reward()
        + " by "
        + PrintableText.line(report.model())
        + ": "
        + outcome
        + " in "
        + report.check().verdicts()
        + " judgements";
  }

  /** Returns what was judged, and what that took. */
  static String scope(JudgeChecking.Report report) {
    JudgeReport check = report.check();
    return "%s in %s of %s, %s each; %.2f s a group (p95 %.2f s)%s"
        .formatted(
            NumberText.counted(check.answers(), "answer"),
            NumberText.counted(check.groups(), "group"),
            PrintableText.line(report.of()),
            NumberText.counted(check.repeats(), "reading"),
            check.secondsMedian(),
            check.seconds95(),
            check.costUsd() == 0 ? "" : ", " + NumberText.of(check.costUsd()) + " USD in all");
  }

  /** Returns the noise beside the differences that it may drown. */
  static String noise(JudgeReport check) {
    String failed =
        check.failures().isEmpty()
            ? ""
            : check.failures().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().replace('_', ' '))
                .collect(Collectors.joining(", ", "; no score: ", ""));
    return "noise %.3f of one answer judged again, spread %.3f between answers of a group%s"
        .formatted(check.noise(), check.spread(), failed);
  }

  /** Returns a finding's status in a word. */
  static String word(JudgeFinding.Status status) {
    return switch (status) {
      case PASSED -> "ok";
      case FAILED -> "FAULT";
      case UNSURE -> "unsure";
      case SKIPPED -> "-";
    };
  }

  /** Returns an evidence's rewards, one after another. */
  static String numbers(JudgeReport.Evidence evidence) {
    return evidence.rewards().stream()
        .map("%.2f"::formatted)
        .collect(Collectors.joining(evidence.what().equals("padded") ? " -> " : ", "));
  }
}
