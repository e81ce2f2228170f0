package rft.grader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormulaTest {
  private static final Map<String, Double> VALUES = Map.of("a", 0.5, "b", 2.0, "zero", 0.0);

  private static double value(String text) throws FormulaException {
    return Formula.parse(text, VALUES.keySet()).value(VALUES);
  }

  private static String problem(String text) {
    return String.valueOf(assertThrows(FormulaException.class, () -> value(text)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1 + 2 * 3; 7",
        "(1 + 2) * 3; 9",
        "10 - 3 - 2; 5",
        "12 / 3 / 2; 2",
        "2 ^ 3 ^ 2; 512",
        "-2 ^ 2; -4",
        "(-2) ^ 2; 4",
        "2 ^ -1; 0.5",
        "2 * -3; -6",
        "--2; 2",
        "a * b; 1",
        "( a + b ) / 2; 1.25",
        "min(a, b, 0.1); 0.1",
        "max(a, b); 2",
        "max(a); 0.5",
        "abs(-b); 2",
        "floor(a) + ceil(a); 1",
        "exp(zero); 1",
        "sqrt(b ^ 2); 2",
        "log(exp(3)); 3",
        ".5e1 + 1.; 6",
        "0.7*a+0.3*b; 0.95"
      })
  void valuesFollowTheUsualPrecedence(String text, double expected) throws Exception {
    assertEquals(expected, value(text), 1e-12);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "a + => expected a number, a name or a bracket, not the end of the formula, column 4 of the"
            + " formula",
        "(a + b => this bracket is never closed, column 1 of the formula",
        "a + b) => this bracket was never opened, column 6 of the formula",
        "a b => expected an operator, not \"b\", column 3 of the formula",
        "a ** 2 => a power is written ^, not **, column 3 of the formula",
        "aa + b => there is no grader aa; did you mean a?, column 1 of the formula",
        "maxx(a) => there is no function maxx; did you mean max?, column 1 of the formula",
        "sqrt(a, b) => sqrt takes one value, not 2, column 1 of the formula",
        "min() => min takes one value or more, not 0, column 1 of the formula",
        "a + 1e999 => 1e999 is too large, column 5 of the formula",
        "a $ b => expected an operator, not \"$\", column 3 of the formula"
      })
  void whatCannotBeReadIsNamedWithItsColumn(String text, String message) {
    assertEquals(message, problem(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a / zero; division of 0.5 by zero, column 3 of the formula",
        "zero / zero; division of 0.0 by zero, column 6 of the formula",
        "1 + log(zero); log(0.0) has no finite value, column 5 of the formula",
        "sqrt(-b); sqrt(-2.0) has no finite value, column 1 of the formula",
        "exp(1000); exp(1000.0) has no finite value, column 1 of the formula",
        "(-b) ^ a; -2.0 ^ 0.5 has no finite value, column 6 of the formula",
        "min(1, a / zero); division of 0.5 by zero, column 10 of the formula"
      })
  void aStepWithoutAValueIsNoNumber(String text, String message) {
    assertEquals(message, problem(text));
  }

  @Test
  void anEndlessNestingIsRefused() {
    assertTrue(problem("(".repeat(1000) + "a" + ")".repeat(1000)).contains("nested deeper"));
    assertTrue(problem("-".repeat(5000) + "a").contains("nested deeper"));
    assertTrue(problem("a+".repeat(6000) + "a").contains("at most"));
  }

  @Test
  void aLongSumIsNotNested() throws Exception {
    assertEquals(2000, value("a+".repeat(3999) + "a"), 1e-9);
  }

  @Test
  void aWeightedSumHasWeights() throws Exception {
    assertEquals(
        Optional.of(Map.of("a", 0.5, "b", 0.5)),
        Formula.parse("(a + b) / 2", VALUES.keySet()).weights());
    assertEquals(
        Optional.of(Map.of("a", 0.75, "b", -1.0)),
        Formula.parse("a * 3 / 4 - b", VALUES.keySet()).weights());
    for (String other : List.of("a * b", "min(a, b)", "a + 1", "a ^ 2", "1 / a")) {
      assertEquals(Optional.empty(), Formula.parse(other, VALUES.keySet()).weights(), other);
    }
  }

  @Test
  void aPartThatNeverDecidesIsNamed() throws Exception {
    Map<String, Interval> ranges = Map.of("a", Interval.UNIT, "b", Interval.UNIT);
    Formula beaten = Formula.parse("max(a * b, 1 + b)", ranges.keySet());
    assertEquals(1, beaten.idleParts(ranges).size());
    assertTrue(
        beaten.idleParts(ranges).get(0).startsWith("a and b at column 7 can never decide max"));
    assertEquals(
        List.of(), Formula.parse("min(a, 1) + max(a, b)", ranges.keySet()).idleParts(ranges));
    assertEquals(Interval.of(1), Formula.parse("max(a, 1)", ranges.keySet()).range(ranges));
    assertEquals(new Interval(-1, 1), Formula.parse("a - b", ranges.keySet()).range(ranges));
    assertEquals(Interval.ALL, Formula.parse("a / b", ranges.keySet()).range(ranges));
  }
}
