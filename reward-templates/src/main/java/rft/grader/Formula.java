package rft.grader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A formula over the values of graders.
 *
 * <p>From loose to tight: {@code + -}, {@code * /}, unary minus, {@code ^}. Equal operators group
 * to the left, {@code ^} to the right: {@code -a^2} is {@code -(a^2)}, {@code 2^3^2} is {@code
 * 2^9}. {@code min} and {@code max} take one value or more, {@code abs floor ceil exp sqrt log}
 * one; {@code log} is the natural one. A name followed by a bracket is a function, any other a
 * grader.
 */
final class Formula {
  private final FormulaNode root;

  private Formula(FormulaNode root) {
    this.root = root;
  }

  /**
   * Returns the formula of a text.
   *
   * @param names of graders
   * @throws FormulaException if it cannot be read, or names something else
   */
  static Formula parse(String text, Set<String> names) throws FormulaException {
    return new Formula(new FormulaParser(text, names).formula());
  }

  /**
   * Returns its value, which is finite.
   *
   * @param values of all graders
   * @throws FormulaException if a step of it has no finite value, as a division by zero
   */
  double value(Map<String, Double> values) throws FormulaException {
    return root.value(values);
  }

  /** Returns the names of graders in it. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    root.names(names);
    return names;
  }

  /** Returns the weight of each grader if it is a weighted sum of them and no more. */
  Optional<Map<String, Double>> weights() {
    return root.linear().filter(sum -> sum.constant() == 0).map(FormulaNode.Linear::weights);
  }

  /** Returns where it lies if graders lie there. */
  Interval range(Map<String, Interval> ranges) {
    return root.range(ranges);
  }

  /** Returns a sentence for each part with a grader that can never decide a min or a max. */
  List<String> idleParts(Map<String, Interval> ranges) {
    List<String> idle = new ArrayList<>();
    root.idle(ranges, idle);
    return idle;
  }
}
