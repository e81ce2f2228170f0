package rft.health;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import rft.run.Metric;
import rft.run.NumberText;
import rft.run.RunStatus;

/**
 * Nobody works on the run any more, although it is not done.
 *
 * <p>The rule: its trainer is gone, or has finished no step for longer than 20 of its usual ones
 * and a minute; ten minutes before the first step, which a model must be loaded and measured for.
 */
final class Stalled implements Rule {
  private static final double STEPS = 20;
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration BEFORE_FIRST = Duration.ofMinutes(10);

  @Override
  public String name() {
    return "stalled";
  }

  @Override
  public Finding look(Course course) {
    RunStatus status = course.facts().status();
    if (status == RunStatus.CRASHED) {
      return Finding.of(
          alarm(
              course, "its trainer vanished after step " + course.lastStep() + " without a word"));
    }
    if (status != RunStatus.RUNNING) {
      return Finding.notApplicable("the run is " + status.jsonName());
    }
    double usual = course.of(Metric.TIME_STEP_SECONDS).median();
    Duration silence = course.facts().silence();
    String numbers =
        "the last sign of its trainer is "
            + seconds(silence)
            + " old"
            + (Double.isNaN(usual) ? "" : ", a step takes " + NumberText.of(usual) + " s");
    return silence.compareTo(patience(usual)) > 0
        ? Finding.of(alarm(course, numbers))
        : Finding.fine(numbers);
  }

  private static Duration patience(double usualSeconds) {
    if (Double.isNaN(usualSeconds)) {
      return BEFORE_FIRST;
    }
    Duration some = Duration.ofMillis(Math.round(1000 * STEPS * usualSeconds));
    return some.compareTo(LEAST) > 0 ? some : LEAST;
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%,d s", duration.toSeconds());
  }

  private Alarm alarm(Course course, String sentence) {
    int step = course.lastStep();
    boolean gone = course.facts().status() == RunStatus.CRASHED;
    return new Alarm(
        name(),
        Severity.STOP,
        step,
        null,
        sentence,
        List.of(step),
        List.of(),
        gone
            ? List.of("rft runs resume goes on from its last checkpoint")
            : List.of(
                "look whether the reward hangs: --reward-seconds bounds a call",
                "look whether the machine sleeps or is out of memory",
                "rft runs stop, then rft runs resume"));
  }
}
