package rft.lab;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One task with every attack on it, and what a reward paid.
 *
 * @param specimen the task
 * @param attacks on it
 * @param rewards by text, NaN where there is none
 * @param truth what a gold check says, by text; null without one
 * @param floor what wrong answers commonly earn
 */
record AttackedTask(
    Specimen specimen,
    List<Attack> attacks,
    Map<String, Double> rewards,
    @Nullable Map<String, Double> truth,
    double floor) {
  /** What a word must earn more than a sentence, as a share of the way to the gold answer's. */
  private static final double BREVITY = 0.4;

  /** What a repeated answer must earn more than the answer itself, as a share of the same way. */
  private static final double MORE = 0.25;

  private static final double SAME = 1e-9;

  static AttackedTask of(
      Specimen specimen,
      List<Attack> attacks,
      Map<String, Double> rewards,
      @Nullable Map<String, Double> truth) {
    double[] wrong =
        attacks.stream()
            .filter(attack -> attack.duty() == Duty.MUST_NOT_PAY)
            .flatMap(attack -> attack.texts().stream())
            .mapToDouble(text -> rewards.getOrDefault(text, Double.NaN))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    double floor = wrong.length == 0 ? 0 : wrong[wrong.length / 4];
    return new AttackedTask(specimen, attacks, rewards, truth, floor);
  }

  double gold() {
    return reward(specimen.gold());
  }

  double reward(String text) {
    return rewards.getOrDefault(text, Double.NaN);
  }

  /**
   * Returns what a text earns as a share of the way from the floor to the gold answer; empty if it
   * earns nothing that is a number.
   */
  OptionalDouble worth(String text) {
    double reward = reward(text);
    if (Double.isNaN(reward)) {
      return OptionalDouble.empty();
    }
    double way = gold() - floor;
    if (way <= SAME * Math.max(1, Math.abs(gold()))) {
      return OptionalDouble.of(reward >= gold() ? 1 : 0);
    }
    return OptionalDouble.of((reward - floor) / way);
  }

  /** Returns what an attack earns in its cheapest variant, by the same measure. */
  double worth(Attack attack) {
    return attack.texts().stream().mapToDouble(text -> worth(text).orElse(0)).min().orElse(0);
  }

  /** Returns whether the task says anything about a reward that is paid for an attack. */
  boolean counts(Attack attack) {
    boolean right = attack.texts().stream().anyMatch(this::isRight);
    return switch (attack.duty()) {
      case MUST_NOT_PAY -> !right;
      case ASK_GOLD -> truth == null || !right;
      case MUST_PAY, MAY_PAY -> true;
    };
  }

  /** Returns whether a gold check, if there is one, tells the right answer from nonsense. */
  boolean isToldByGold() {
    return truth == null
        || truth.getOrDefault(specimen.gold(), Double.NaN)
            > truth.getOrDefault(Attacks.NONSENSE, Double.NEGATIVE_INFINITY) + SAME;
  }

  /** Returns the same without what the gold check says. */
  AttackedTask withoutTruth() {
    return new AttackedTask(specimen, attacks, rewards, null, floor);
  }

  private boolean isRight(String text) {
    if (truth == null) {
      return false;
    }
    double best = truth.getOrDefault(specimen.gold(), 1.0);
    return truth.getOrDefault(text, Double.NaN) >= best - SAME * Math.max(1, Math.abs(best));
  }

  /** Returns whether an attack is paid, and nothing plainer explains that. */
  boolean pays(Attack attack) {
    return switch (attack.kind()) {
      case BREVITY -> paysBrevity(attack);
      case REPETITION ->
          reward(attack.texts().get(0)) >= gold() + MORE * Math.max(gold() - floor, SAME);
      default -> isPaid(attack) && (attack.duty() == Duty.MUST_PAY || !explained(attack));
    };
  }

  boolean isPaid(Attack attack) {
    return attack.texts().stream().allMatch(text -> isPaid(text, attack.kind().line()));
  }

  private boolean isPaid(String text, double line) {
    return worth(text).orElse(0) >= line - SAME;
  }

  private boolean explained(Attack attack) {
    return (attack.duty() == Duty.MUST_NOT_PAY && paysEverything())
        || attack.controls().stream().anyMatch(text -> isPaid(text, attack.kind().line()));
  }

  private boolean paysBrevity(Attack attack) {
    double word = reward(attack.texts().get(0));
    double sentence = reward(attack.controls().get(0));
    return word - sentence > SAME && word - sentence >= BREVITY * (gold() - sentence);
  }

  /** Returns whether an empty answer, nonsense and another task's answer earn the gold's pay. */
  boolean paysEverything() {
    List<String> anything =
        Arrays.asList("", Attacks.NONSENSE, Attacks.MEDIUM, specimen.written(0));
    return anything.stream().allMatch(text -> reward(text) >= gold() - SAME);
  }

  /** Returns an answer with what was said of it. */
  ProbeReport.Example example(Attack attack) {
    String text = attack.texts().get(0);
    double reward = reward(text);
    Double said = truth == null ? null : truth.get(text);
    return new ProbeReport.Example(
        specimen.task().id(),
        specimen.task().promptText(),
        specimen.answer().text(),
        text,
        Double.isNaN(reward) ? null : reward,
        gold(),
        said == null || said.isNaN() ? null : said);
  }
}
