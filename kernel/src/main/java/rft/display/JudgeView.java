package rft.display;

import java.util.List;
import rft.command.JudgeAsk;
import rft.command.JudgeChecking;
import rft.lab.JudgeFinding;
import rft.lab.JudgeReport;
import rft.lab.Resampled;
import rft.run.HtmlText;
import rft.run.NumberText;

/** Shows what a judge was asked and said, and how far it can be trusted. */
final class JudgeView {
  private static final int WIDTH = 160;

  private JudgeView() {}

  static Shown asked(JudgeAsk.Report report) {
    Page page =
        new Page()
            .heading(
                "judge " + report.reward(),
                report.model()
                    + ", task "
                    + report.taskId()
                    + ", in "
                    + RunChart.seconds(report.seconds()));
    page.add(RewardViews.verdict(report.verdict()));
    for (JudgeAsk.Exchange exchange : report.exchanges()) {
      Page sent = new Page();
      exchange.sent().forEach(sent::block);
      page.folded("What was sent", sent.shown());
      String reply = exchange.reply();
      if (reply != null) {
        page.note("What came back:").block(reply);
      } else {
        page.trouble("No reply: " + exchange.error());
      }
    }
    return new Shown(page.shown().html(), report.text().orElse(""));
  }

  static Shown checked(JudgeChecking.Report report) {
    JudgeReport check = report.check();
    Page page =
        new Page()
            .heading(
                "judge " + report.reward(),
                "%s, %s in %s of %s, %s each, in %s"
                    .formatted(
                        report.model(),
                        NumberText.counted(check.answers(), "answer"),
                        NumberText.counted(check.groups(), "group"),
                        report.of(),
                        NumberText.counted(check.repeats(), "reading"),
                        RunChart.seconds(report.seconds())));
    page.add(new Shown(outcome(check), ""));
    Sheet sheet = new Sheet("", "measure", "value, 95 % interval", "", "rule", "what it says");
    for (JudgeFinding finding : check.findings()) {
      sheet.row(
          word(finding.status()),
          finding.name(),
          finding.value().text(),
          bar(finding),
          finding.limit(),
          finding.said());
    }
    page.add(sheet);
    page.note(
        "noise %.3f of one answer judged again beside a spread of %.3f between answers of a group"
            .formatted(check.noise(), check.spread()));
    page.note(
        "%d judgements; a group takes %s, one in twenty more than %s; %s"
            .formatted(
                check.verdicts(),
                RunChart.seconds(check.secondsMedian()),
                RunChart.seconds(check.seconds95()),
                check.costUsd() == 0
                    ? "no prices are set"
                    : NumberText.of(check.costUsd()) + " USD in all"));
    if (!check.failures().isEmpty()) {
      page.trouble("questions without a score: " + check.failures());
    }
    report.problem().filter(sentence -> check.stopped()).ifPresent(page::trouble);
    evidence(page, check.evidence());
    return new Shown(page.shown().html(), report.text().orElse(""));
  }

  private static String outcome(JudgeReport check) {
    Tone tone =
        switch (check.outcome()) {
          case NO_FAULT_FOUND -> Tone.GOOD;
          case NOT_SURE -> Tone.WARNING;
          case FAULT_FOUND -> Tone.BAD;
        };
    String words =
        switch (check.outcome()) {
          case NO_FAULT_FOUND -> "no fault found";
          case NOT_SURE -> "not sure";
          case FAULT_FOUND -> "a fault found";
        };
    return ("<div style=\"margin:6px 0;padding:4px 10px;border-left:4px solid %s\">%s"
            + "<br><strong>Next:</strong> %s</div>")
        .formatted(
            tone.hex(), tone.word(words).html(), HtmlText.escape(MagicForm.of(check.next())));
  }

  private static Shown word(JudgeFinding.Status status) {
    return switch (status) {
      case PASSED -> Tone.GOOD.word("ok");
      case FAILED -> Tone.BAD.word("fault");
      case UNSURE -> Tone.WARNING.word("unsure");
      case SKIPPED -> Tone.NEUTRAL.word("-");
    };
  }

  /** Returns the interval as a bar with the value in it, and the rule's bound as a line. */
  private static Shown bar(JudgeFinding finding) {
    Resampled value = finding.value();
    Double middle = value.value();
    if (middle == null) {
      return new Shown("", "");
    }
    Double rule = finding.bound();
    double bound = rule == null ? middle : rule;
    boolean both = finding.limit().startsWith("within");
    double from = Math.min(both ? -bound : 0, Math.min(value.low(), bound));
    double to = Math.max(both ? bound : Math.max(bound, 0.1), value.high());
    double width = to == from ? 1 : to - from;
    StringBuilder html = new StringBuilder();
    html.append("<div style=\"position:relative;height:14px;width:").append(WIDTH).append("px\">");
    html.append(
        box(
            (value.low() - from) / width,
            Math.max(0.01, (value.high() - value.low()) / width),
            "rgba(128,128,128,0.35)"));
    html.append(box((middle - from) / width, 0.02, tone(finding.status()).hex()));
    if (rule != null) {
      html.append(line((bound - from) / width));
      html.append(both ? line((-bound - from) / width) : "");
    }
    return new Shown(html.append("</div>").toString(), "");
  }

  private static Tone tone(JudgeFinding.Status status) {
    return switch (status) {
      case PASSED -> Tone.GOOD;
      case FAILED -> Tone.BAD;
      case UNSURE -> Tone.WARNING;
      case SKIPPED -> Tone.NEUTRAL;
    };
  }

  private static String box(double from, double width, String colour) {
    return "<div style=\"position:absolute;top:3px;height:8px;left:%.0fpx;width:%.0fpx;background:%s\"></div>"
        .formatted(from * (WIDTH - 4), Math.max(2, width * (WIDTH - 4)), colour);
  }

  private static String line(double at) {
    return "<div style=\"position:absolute;top:0;height:14px;left:%.0fpx;border-left:1px dashed #7b838c\"></div>"
        .formatted(at * (WIDTH - 4));
  }

  private static void evidence(Page page, List<JudgeReport.Evidence> evidence) {
    if (evidence.isEmpty()) {
      return;
    }
    Sheet sheet = new Sheet("what was done", "task", "rewards", "answer");
    for (JudgeReport.Evidence one : evidence) {
      String rewards =
          String.join(
              one.what().equals("padded") ? " -> " : ", ",
              one.rewards().stream().map(NumberText::of).toList());
      sheet.row(one.what(), one.taskId(), rewards, one.answer());
    }
    page.add(sheet);
  }
}
