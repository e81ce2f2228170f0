package rft.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rft.run.LossKind;
import rft.run.Method;
import rft.run.RunInputs;
import rft.run.TrainOptions;

/**
 * Options of a training that were given and have no effect, because others switch off what they are
 * about.
 *
 * @param reasons why, by option
 */
record IdleOptions(Map<String, String> reasons) {
  /**
   * What switches options off.
   *
   * @param why returns a clause, or null if the options count
   * @param options as they are typed
   */
  private record Rule(Function<TrainOptions, @Nullable String> why, List<String> options) {
    static Rule of(Predicate<TrainOptions> off, String why, String... options) {
      return new Rule(training -> off.test(training) ? why : null, List.of(options));
    }
  }

  private static final List<Rule> RULES =
      List.of(
          Rule.of(
              training -> training.adapter().full(),
              "--full trains every weight, without an adapter",
              "--rank",
              "--alpha",
              "--targets"),
          Rule.of(
              IdleOptions::freezesNothing,
              "--full leaves no weight frozen, and trains all of them in f32",
              "--precision"),
          new Rule(
              IdleOptions::imitates,
              List.of("--loss", "--clip-low", "--clip-high", "--kl", "--advantage")),
          Rule.of(
              training -> training.method() == Method.SFT_REFERENCE,
              "--method sft learns from the references, one for each task, and asks no reward",
              "--group-size",
              "--mask-truncated",
              "--on-failure",
              "--stop-above"),
          Rule.of(
              training -> training.method() == Method.RANDOM_REWARD,
              "--method random-reward pays by the toss of a coin, which never fails",
              "--on-failure",
              "--stop-above"),
          Rule.of(
              training -> training.loss().kind() == LossKind.CISPO,
              "--loss cispo has no lower clip",
              "--clip-low"),
          Rule.of(
              training -> training.validation().every() == 0,
              "--validate-every 0 measures nothing",
              "--validation-tasks",
              "--validation-samples",
              "--check"));

  IdleOptions {
    reasons = new LinkedHashMap<>(reasons);
  }

  private static boolean freezesNothing(TrainOptions training) {
    return training.adapter().full()
        && !training.inputs().precision().equals(RunInputs.FULL_PRECISION);
  }

  private static @Nullable String imitates(TrainOptions training) {
    Method method = training.method();
    return method == Method.SFT_REFERENCE || method == Method.SFT_SELF
        ? "--method "
            + method.jsonName()
            + " imitates answers, and its loss has no ratio, KL or advantage"
        : null;
  }

  /**
   * Returns the options without effect.
   *
   * @param given whether an option such as {@code --lr} was given
   * @param training what is trained, with the options that were not given
   */
  static IdleOptions of(Predicate<String> given, TrainOptions training) {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (Rule rule : RULES) {
      String why = rule.why().apply(training);
      if (why != null) {
        rule.options().stream().filter(given).forEach(option -> reasons.putIfAbsent(option, why));
      }
    }
    return new IdleOptions(reasons);
  }

  /** Returns the options that have no effect in any of several trainings. */
  static IdleOptions inAll(List<IdleOptions> trainings) {
    Map<String, String> reasons = new LinkedHashMap<>(trainings.get(0).reasons());
    trainings.forEach(training -> reasons.keySet().retainAll(training.reasons().keySet()));
    return new IdleOptions(reasons);
  }

  /**
   * Refuses the first.
   *
   * @throws CommandException if there is one
   */
  void refuse() {
    reasons.entrySet().stream()
        .findFirst()
        .ifPresent(
            idle -> {
              throw new CommandException(
                  ExitCode.USAGE,
                  idle.getKey() + " has no effect: " + idle.getValue() + "; leave it out");
            });
  }
}
