package rft.health;

import java.util.List;
import java.util.Optional;
import rft.run.Metric;
import rft.run.NumberText;
import rft.run.RunStatus;

/**
 * Loss or gradient was not finite, so that a step changed nothing.
 *
 * <p>One such step warns; three in a row, after which the trainer gives up, or a run that ended so,
 * say stop. Silent NaN is a common report (Deep-Agent/R1-V issue 69, 8 of 14 runs in
 * MakazhanAlpamys/Soup issue 342), and whatever follows it is lost.
 */
final class Diverged implements Rule {
  private static final int GIVES_UP = 3;

  @Override
  public String name() {
    return "diverged";
  }

  @Override
  public Finding look(Course course) {
    Series gradient = course.of(Metric.GRAD_NORM);
    Series loss = course.of(Metric.LOSS);
    Series skipped = course.of(Metric.UPDATE_SKIPPED);
    if (gradient.isEmpty() && loss.isEmpty()) {
      return Finding.notApplicable("no step has trained yet");
    }
    Series trained = gradient.isEmpty() ? loss : gradient;
    Optional<Spell> one = trained.spellOfSteps(1, step -> isBad(step, gradient, loss, skipped));
    if (one.isEmpty()) {
      return Finding.fine("loss and gradient were finite in every step");
    }
    Optional<Spell> many =
        trained.spellOfSteps(GIVES_UP, step -> isBad(step, gradient, loss, skipped));
    boolean over = course.facts().status() == RunStatus.DIVERGED;
    Spell spell = many.orElse(one.get());
    double lr = course.options().optimizer().learningRate();
    return Finding.of(
        new Alarm(
            name(),
            many.isPresent() || over ? Severity.STOP : Severity.WARN,
            spell.since(),
            spell.until(),
            "loss or gradient was not finite in step "
                + spell.since()
                + (spell.last() > spell.since() ? " to " + spell.last() : "")
                + ", which left the weights as they were; the gradient's norm was "
                + NumberText.of(course.atFirst(Metric.GRAD_NORM))
                + " in the first steps",
            spell.ends(),
            List.of(),
            List.of(
                course.forkBefore(spell.since(), "--lr " + NumberText.of(lr / 3)),
                "--warmup-steps 10",
                "--max-grad-norm "
                    + NumberText.of(
                        course.options().optimizer().maxGradNorm() > 0
                            ? course.options().optimizer().maxGradNorm() / 2
                            : 1))));
  }

  private static boolean isBad(int step, Series gradient, Series loss, Series skipped) {
    return skipped.at(step) == 1 || isWild(gradient, step) || isWild(loss, step);
  }

  /** Returns whether a value was written that is no number; a step without one is fine. */
  private static boolean isWild(Series series, int step) {
    return series.has(step) && !Double.isFinite(series.at(step));
  }
}
