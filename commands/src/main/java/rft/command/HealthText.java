package rft.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rft.health.Alarm;
import rft.health.Check;
import rft.health.HealthReport;
import rft.run.NumberText;

/** The health of a run in plain lines. */
final class HealthText {
  private HealthText() {}

  /**
   * Returns the alarms, the worst first, and how many rules passed.
   *
   * @param all whether to name those rules
   */
  static String of(HealthReport report, boolean all) {
    List<String> lines = new ArrayList<>();
    lines.add(report.run() + ", step " + report.step() + ": " + summary(report));
    for (Alarm alarm : report.alarms()) {
      alarm(alarm, report.run(), lines);
    }
    if (all) {
      lines.add("");
      report.checks().forEach(check -> lines.add(line(check)));
    }
    return String.join("\n", lines);
  }

  private static String summary(HealthReport report) {
    long passed =
        report.checks().stream().filter(check -> check.outcome() == Check.Outcome.PASSED).count();
    int alarms = report.alarms().size();
    String first = alarms == 0 ? "no alarm" : NumberText.counted(alarms, "alarm");
    return first
        + ", "
        + NumberText.counted(passed, "rule")
        + " passed, "
        + (report.checks().size() - passed)
        + " had nothing to look at";
  }

  private static void alarm(Alarm alarm, String run, List<String> lines) {
    lines.add("");
    lines.add(alarm.severity().jsonName() + "  " + alarm.rule() + ", " + when(alarm));
    lines.add("  " + alarm.sentence());
    if (!alarm.rollouts().isEmpty()) {
      String places =
          alarm.rollouts().stream()
              .map(
                  place ->
                      String.format(
                          Locale.ROOT,
                          "step %d task %d rollout %d",
                          place.step(),
                          place.position(),
                          place.index()))
              .collect(Collectors.joining(", "));
      lines.add("  see   " + places);
      lines.add("        rft runs show " + run + " --step " + alarm.rollouts().get(0).step());
    }
    alarm.tryNext().forEach(advice -> lines.add("  try   " + advice));
  }

  private static String when(Alarm alarm) {
    @Nullable Integer until = alarm.until();
    if (until == null) {
      return "since step " + alarm.since();
    }
    return "in " + NumberText.span("step", alarm.since(), until) + ", over";
  }

  private static String line(Check check) {
    return (check.outcome() == Check.Outcome.PASSED ? "ok    " : "-     ")
        + check.rule()
        + ": "
        + check.sentence();
  }
}
