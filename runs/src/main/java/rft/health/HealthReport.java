package rft.health;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import rft.run.RunReader;

/**
 * What the rules say of a run.
 *
 * @param run the run's id
 * @param step last whole step it looked at
 * @param alarms what is wrong: what lasts before what is over, the worst first
 * @param checks the rules that found nothing, or had nothing to look at
 */
public record HealthReport(String run, int step, List<Alarm> alarms, List<Check> checks) {
  public HealthReport {
    alarms = List.copyOf(alarms);
    checks = List.copyOf(checks);
  }

  /**
   * Returns the health of a run as it stands now. Whoever asks again and again keeps a {@link
   * HealthWatch} instead.
   *
   * @throws IOException if the run cannot be read
   */
  public static HealthReport of(RunReader reader) throws IOException {
    return new HealthWatch().look(reader);
  }

  static HealthReport of(String run, Course course) throws IOException {
    List<Alarm> alarms = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    for (Rule rule : Rules.ALL) {
      Finding finding = rule.look(course);
      if (finding.alarm() == null) {
        checks.add(new Check(rule.name(), finding.outcome(), finding.sentence()));
      } else {
        alarms.add(finding.alarm().of(run));
      }
    }
    alarms.sort(
        Comparator.comparing(Alarm::lasts)
            .thenComparing(Alarm::severity)
            .reversed()
            .thenComparing(Alarm::since));
    return new HealthReport(run, course.lastStep(), alarms, checks);
  }

  /** Returns true if an alarm of severity {@link Severity#STOP} lasts. */
  public boolean saysStop() {
    return alarms.stream().anyMatch(alarm -> alarm.lasts() && alarm.severity() == Severity.STOP);
  }
}
