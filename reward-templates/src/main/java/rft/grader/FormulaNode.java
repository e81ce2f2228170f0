package rft.grader;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One part of a formula. */
sealed interface FormulaNode {
  /** Returns where it begins, 1-based. */
  int column();

  /**
   * Returns its value, which is finite.
   *
   * @throws FormulaException if it has none
   */
  double value(Map<String, Double> values) throws FormulaException;

  /** Adds the names of graders in it. */
  void names(Collection<String> names);

  /** Returns it as a weighted sum, or empty if it is none. */
  Optional<Linear> linear();

  /** Returns where it lies if graders lie there. */
  Interval range(Map<String, Interval> ranges);

  /** Adds what can never decide. */
  void idle(Map<String, Interval> ranges, List<String> sentences);

  /** A weighted sum of graders and a constant. */
  record Linear(Map<String, Double> weights, double constant) {
    boolean isConstant() {
      return weights.isEmpty();
    }

    Linear times(double factor) {
      Map<String, Double> scaled = new LinkedHashMap<>();
      weights.forEach((name, weight) -> scaled.put(name, weight * factor));
      return new Linear(scaled, constant * factor);
    }

    Linear plus(Linear other) {
      Map<String, Double> sum = new LinkedHashMap<>(weights);
      other.weights.forEach((name, weight) -> sum.merge(name, weight, Double::sum));
      return new Linear(sum, constant + other.constant);
    }
  }

  /** A number as it is written. */
  record Constant(int column, double value) implements FormulaNode {
    @Override
    public double value(Map<String, Double> values) {
      return value;
    }

    @Override
    public void names(Collection<String> names) {}

    @Override
    public Optional<Linear> linear() {
      return Optional.of(new Linear(Map.of(), value));
    }

    @Override
    public Interval range(Map<String, Interval> ranges) {
      return Interval.of(value);
    }

    @Override
    public void idle(Map<String, Interval> ranges, List<String> sentences) {}
  }

  /** The value of a grader. */
  record Name(int column, String name) implements FormulaNode {
    @Override
    public double value(Map<String, Double> values) {
      return Objects.requireNonNull(values.get(name), name);
    }

    @Override
    public void names(Collection<String> names) {
      names.add(name);
    }

    @Override
    public Optional<Linear> linear() {
      return Optional.of(new Linear(Map.of(name, 1.0), 0));
    }

    @Override
    public Interval range(Map<String, Interval> ranges) {
      return ranges.getOrDefault(name, Interval.ALL);
    }

    @Override
    public void idle(Map<String, Interval> ranges, List<String> sentences) {}
  }

  /** Two values and the operator between them. */
  record Operation(int column, char operator, FormulaNode left, FormulaNode right)
      implements FormulaNode {
    @Override
    public double value(Map<String, Double> values) throws FormulaException {
      double a = left.value(values);
      double b = right.value(values);
      double value = apply(a, b);
      if (!Double.isFinite(value)) {
        throw new FormulaException(
            column,
            operator == '/' && b == 0
                ? "division of " + a + " by zero"
                : a + " " + operator + " " + b + " has no finite value");
      }
      return value;
    }

    private double apply(double a, double b) {
      return switch (operator) {
        case '+' -> a + b;
        case '-' -> a - b;
        case '*' -> a * b;
        case '/' -> a / b;
        default -> Math.pow(a, b);
      };
    }

    @Override
    public void names(Collection<String> names) {
      left.names(names);
      right.names(names);
    }

    @Override
    public Optional<Linear> linear() {
      Optional<Linear> a = left.linear();
      Optional<Linear> b = right.linear();
      return a.isEmpty() || b.isEmpty() ? Optional.empty() : linear(a.get(), b.get());
    }

    private Optional<Linear> linear(Linear a, Linear b) {
      return switch (operator) {
        case '+' -> Optional.of(a.plus(b));
        case '-' -> Optional.of(a.plus(b.times(-1)));
        case '*' ->
            b.isConstant()
                ? Optional.of(a.times(b.constant()))
                : a.isConstant() ? Optional.of(b.times(a.constant())) : Optional.empty();
        case '/' ->
            b.isConstant() && b.constant() != 0
                ? Optional.of(a.times(1 / b.constant()))
                : Optional.empty();
        default -> Optional.empty();
      };
    }

    @Override
    public Interval range(Map<String, Interval> ranges) {
      Interval a = left.range(ranges);
      Interval b = right.range(ranges);
      boolean monotone =
          switch (operator) {
            case '/' -> !b.holds(0);
            case '^' -> a.low() >= 0 && b.low() >= 0;
            default -> true;
          };
      return monotone ? a.with(b, this::apply) : Interval.ALL;
    }

    @Override
    public void idle(Map<String, Interval> ranges, List<String> sentences) {
      left.idle(ranges, sentences);
      right.idle(ranges, sentences);
    }
  }

  /** A function of values. */
  record Call(int column, FormulaFunction function, List<FormulaNode> arguments)
      implements FormulaNode {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public double value(Map<String, Double> values) throws FormulaException {
      double[] given = new double[arguments.size()];
      for (int i = 0; i < given.length; i++) {
        given[i] = arguments.get(i).value(values);
      }
      double value = function.apply(given);
      if (!Double.isFinite(value)) {
        throw new FormulaException(
            column, function.jsonName() + "(" + given[0] + ") has no finite value");
      }
      return value;
    }

    @Override
    public void names(Collection<String> names) {
      arguments.forEach(argument -> argument.names(names));
    }

    @Override
    public Optional<Linear> linear() {
      return Optional.empty();
    }

    @Override
    public Interval range(Map<String, Interval> ranges) {
      return function.range(arguments.stream().map(argument -> argument.range(ranges)).toList());
    }

    @Override
    public void idle(Map<String, Interval> ranges, List<String> sentences) {
      function.idle(this, ranges, sentences);
      arguments.forEach(argument -> argument.idle(ranges, sentences));
    }
  }
}
