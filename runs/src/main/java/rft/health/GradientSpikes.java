package rft.health;

import java.util.List;
import rft.run.Metric;
import rft.run.NumberText;

/**
 * Some steps pull far harder than the others.
 *
 * <p>The rule: within 20 steps, three whose gradient is longer than ten times the median of the
 * run. A single spike is clipped and forgotten; one of this project's healthy runs had one of 10.7.
 * Steps without a signal have no gradient and do not count.
 */
final class GradientSpikes implements Rule {
  private static final int WITHIN = 20;
  private static final int SPIKES = 3;
  private static final double TIMES_MEDIAN = 10;

  @Override
  public String name() {
    return "gradient-spikes";
  }

  @Override
  public Finding look(Course course) {
    Series norms = course.of(Metric.GRAD_NORM).finite().where(norm -> norm > 0);
    if (norms.size() < WITHIN) {
      return Finding.notApplicable("it needs " + WITHIN + " steps with a gradient");
    }
    double median = norms.median();
    Series spikes = norms.where(norm -> norm > TIMES_MEDIAN * median);
    int last = spikes.size() - 1;
    while (last >= SPIKES - 1 && spikes.step(last) - spikes.step(last - SPIKES + 1) >= WITHIN) {
      last--;
    }
    if (last < SPIKES - 1) {
      return Finding.fine(
          "the gradient's norm is "
              + NumberText.of(norms.last())
              + ", its median "
              + NumberText.of(median)
              + ", its largest "
              + NumberText.of(norms.most()));
    }
    int from = spikes.step(last - SPIKES + 1);
    int to = spikes.step(last);
    Series during = spikes.from(from).upTo(to);
    boolean lasts = norms.lastStep() - to < WITHIN;
    return Finding.of(
        new Alarm(
            name(),
            Severity.WARN,
            from,
            lasts ? null : to,
            "the gradient's norm went to "
                + NumberText.of(during.most())
                + " between step "
                + from
                + " and "
                + to
                + ", "
                + NumberText.of(during.most() / median)
                + " times its median; in the first steps it was "
                + NumberText.of(course.atFirst(Metric.GRAD_NORM)),
            List.of(from, to),
            List.of(),
            tryNext(course)));
  }

  private static List<String> tryNext(Course course) {
    double max = course.options().optimizer().maxGradNorm();
    return List.of(
        "--max-grad-norm " + NumberText.of(max > 0 ? max / 2 : 1),
        "--warmup-steps 10",
        "--lr " + NumberText.of(course.options().optimizer().learningRate() / 3));
  }
}
