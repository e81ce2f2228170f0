package rft.health;

import java.util.List;
import java.util.Optional;
import rft.run.LossKind;
import rft.run.Metric;
import rft.run.NumberText;

/**
 * Most of an update is clipped away: the policy moves too far on one batch of rollouts.
 *
 * <p>The rule: more than a tenth of the tokens clipped, on either side together, five steps in a
 * row; in this project's healthy runs with two updates per batch it was 2.7 % of a single step.
 * With one update per batch nothing can be clipped; GSPO clips whole answers, most of them by
 * design, and CISPO only caps.
 *
 * @see <a href="https://arxiv.org/abs/2507.18071">GSPO</a>, which clips far more by design
 */
final class ClipShare implements Rule {
  private static final double SHARE = 0.1;

  @Override
  public String name() {
    return "clip-share";
  }

  @Override
  public Finding look(Course course) {
    Series low = course.of(Metric.CLIP_LOW);
    Series high = course.of(Metric.CLIP_HIGH);
    LossKind kind = course.options().loss().kind();
    int updates = course.options().loop().innerIterations();
    if (updates == 1) {
      return Finding.notApplicable("one update per batch of rollouts clips nothing");
    }
    if (kind == LossKind.GSPO || kind == LossKind.CISPO || low.isEmpty()) {
      return Finding.notApplicable("it looks at losses that clip tokens");
    }
    Optional<Spell> spell =
        low.spellOfSteps(Course.IN_A_ROW, step -> low.at(step) + high.at(step) > SHARE);
    double first = course.atFirst(Metric.CLIP_LOW) + course.atFirst(Metric.CLIP_HIGH);
    if (spell.isEmpty()) {
      double now = low.last(Course.IN_A_ROW).median() + high.last(Course.IN_A_ROW).median();
      return Finding.fine(
          NumberText.of(now, "share")
              + " of the tokens are clipped, in the first steps "
              + NumberText.of(first, "share"));
    }
    Spell found = spell.get();
    double lr = course.options().optimizer().learningRate();
    return Finding.of(
        new Alarm(
            name(),
            Severity.WARN,
            found.since(),
            found.until(),
            NumberText.of(low.at(found.last()) + high.at(found.last()), "share")
                + " of the tokens are clipped at step "
                + found.last()
                + ", in the first steps "
                + NumberText.of(first, "share"),
            found.ends(),
            List.of(),
            List.of("--mu " + Math.max(1, updates / 2), "--lr " + NumberText.of(lr / 3))));
  }
}
