package rft.health;

import java.util.List;
import java.util.Optional;
import rft.run.Metric;
import rft.run.NumberText;

/**
 * Validation was better before.
 *
 * <p>The rule: in two validations in a row the accuracy is more than two standard errors, those of
 * both ends together, below the best before them. In the published reference runs the best
 * checkpoint came after a tenth to a fifth of the steps. Where the reward stayed, {@link Parted}
 * says more.
 */
final class ValidationFell implements Rule {
  private static final double STANDARD_ERRORS = 2;
  private static final int IN_A_ROW = 2;

  @Override
  public String name() {
    return "validation-fell";
  }

  @Override
  public Finding look(Course course) {
    Series accuracy = course.all(Metric.VALIDATION_ACCURACY).finite();
    if (accuracy.size() < 2) {
      return Finding.notApplicable("it needs two validations");
    }
    Series best = accuracy.bestSoFar();
    int tasks = Math.max(1, course.facts().validationTasks());
    Optional<Spell> spell =
        accuracy.spellOfSteps(
            IN_A_ROW,
            step ->
                best.at(step) - accuracy.at(step)
                    > STANDARD_ERRORS * error(best.at(step), accuracy.at(step), tasks));
    if (spell.isEmpty() || Parted.spell(course).filter(Spell::lasts).isPresent()) {
      return Finding.fine(
          "accuracy is "
              + NumberText.of(accuracy.last(), "share")
              + ", before training it was "
              + NumberText.of(accuracy.value(0), "share")
              + ", at its best "
              + NumberText.of(best.last(), "share"));
    }
    Spell found = spell.get();
    int top = accuracy.firstStepOf(best.at(found.last()));
    double lr = course.options().optimizer().learningRate();
    return Finding.of(
        new Alarm(
            name(),
            Severity.WARN,
            found.since(),
            found.until(),
            "validation fell to "
                + NumberText.of(accuracy.at(found.last()), "share")
                + " at step "
                + found.last()
                + "; before training it was "
                + NumberText.of(accuracy.value(0), "share")
                + " and at its best, at step "
                + top
                + ", "
                + NumberText.of(best.at(found.last()), "share"),
            top == found.last() ? List.of(top) : List.of(top, found.last()),
            List.of(),
            List.of(
                "keep the checkpoint of step " + top + ", the best by validation, and stop",
                course.forkBefore(top + 1, "--lr " + NumberText.of(lr / 3)))));
  }

  private static double error(double one, double other, int tasks) {
    return Math.sqrt((one * (1 - one) + other * (1 - other)) / tasks);
  }
}
