package rft.grader;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;

/** The functions of a formula. */
enum FormulaFunction {
  MIN(Integer.MAX_VALUE),
  MAX(Integer.MAX_VALUE),
  ABS(1),
  FLOOR(1),
  CEIL(1),
  EXP(1),
  SQRT(1),
  LOG(1);

  private final int mostArguments;

  FormulaFunction(int mostArguments) {
    this.mostArguments = mostArguments;
  }

  String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }

  int mostArguments() {
    return mostArguments;
  }

  /** Returns the value; not finite where there is none. */
  double apply(double... values) {
    return switch (this) {
      case MIN -> DoubleStream.of(values).min().orElseThrow();
      case MAX -> DoubleStream.of(values).max().orElseThrow();
      case ABS -> Math.abs(values[0]);
      case FLOOR -> Math.floor(values[0]);
      case CEIL -> Math.ceil(values[0]);
      case EXP -> Math.exp(values[0]);
      case SQRT -> Math.sqrt(values[0]);
      case LOG -> Math.log(values[0]);
    };
  }

  /** Returns where its value lies. */
  Interval range(List<Interval> arguments) {
    Interval first = arguments.get(0);
    return switch (this) {
      case MIN, MAX -> arguments.stream().reduce((a, b) -> a.with(b, this::apply)).orElseThrow();
      case ABS ->
          first.holds(0)
              ? new Interval(0, Math.max(-first.low(), first.high()))
              : first.with(first, (a, b) -> Math.abs(a));
      default -> first.rising(this::apply);
    };
  }

  /** Adds a sentence for each argument with a grader that another one always beats. */
  void idle(FormulaNode.Call call, Map<String, Interval> ranges, List<String> sentences) {
    if (this != MIN && this != MAX) {
      return;
    }
    for (FormulaNode argument : call.arguments()) {
      Set<String> names = new TreeSet<>();
      argument.names(names);
      Interval mine = argument.range(ranges);
      boolean beaten =
          call.arguments().stream()
              .filter(other -> other != argument)
              .map(other -> other.range(ranges))
              .anyMatch(
                  other -> this == MIN ? other.high() <= mine.low() : other.low() >= mine.high());
      if (beaten && !names.isEmpty()) {
        sentences.add(
            String.join(" and ", names)
                + " at column "
                + argument.column()
                + " can never decide "
                + jsonName()
                + "(..): it lies from "
                + mine.low()
                + " to "
                + mine.high()
                + ", and another value there always beats it");
      }
    }
  }
}
