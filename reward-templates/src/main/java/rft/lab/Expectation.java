package rft.lab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Locale;
import rft.reward.Failure;
import rft.reward.Verdict;

/** What a reward must say of an example's completion. */
public sealed interface Expectation
    permits Expectation.Within, Expectation.Abstains, Expectation.Fails {
  /** Scores that differ by less are the same. */
  double TOLERANCE = 1e-9;

  /** Returns true if the verdict is as expected. */
  boolean isMetBy(Verdict verdict);

  /** Returns the expectation in words, for example {@code at most 0}. */
  String text();

  /** Adds the fields that {@link RewardExamples} reads back as this expectation. */
  void writeTo(ObjectNode row);

  /** Returns the expectation of one score. */
  static Expectation exactly(double reward) {
    return new Within(reward, reward);
  }

  /** Returns the expectation of a score that is not larger: of a counter-example. */
  static Expectation atMost(double max) {
    return new Within(Double.NEGATIVE_INFINITY, max);
  }

  /** Returns the expectation of a score that is not smaller. */
  static Expectation atLeast(double min) {
    return new Within(min, Double.POSITIVE_INFINITY);
  }

  /**
   * A score between two numbers, both included.
   *
   * @param min least score; negative infinity for any
   * @param max largest score; infinity for any
   */
  record Within(double min, double max) implements Expectation {
    public Within {
      if (!(min <= max) || min == Double.POSITIVE_INFINITY || max == Double.NEGATIVE_INFINITY) {
        throw new IllegalArgumentException(
            "no score is at least " + min + " and at most " + max + ": min must not exceed max");
      }
      if (Double.isInfinite(min) && Double.isInfinite(max)) {
        throw new IllegalArgumentException("any score would do: give reward, min or max");
      }
    }

    @Override
    public boolean isMetBy(Verdict verdict) {
      return verdict.reward().isPresent()
          && verdict.reward().getAsDouble() >= min - TOLERANCE
          && verdict.reward().getAsDouble() <= max + TOLERANCE;
    }

    @Override
    public String text() {
      if (min == max) {
        return number(min);
      }
      if (Double.isInfinite(min)) {
        return "at most " + number(max);
      }
      return Double.isInfinite(max)
          ? "at least " + number(min)
          : number(min) + " to " + number(max);
    }

    @Override
    public void writeTo(ObjectNode row) {
      if (min == max) {
        row.put(ExampleRow.REWARD, decimal(min));
        return;
      }
      if (!Double.isInfinite(min)) {
        row.put(ExampleRow.MIN, decimal(min));
      }
      if (!Double.isInfinite(max)) {
        row.put(ExampleRow.MAX, decimal(max));
      }
    }

    private static String number(double value) {
      return decimal(value).toPlainString();
    }

    /** Returns the shortest decimal that reads back as the number: 1, not 1.0. */
    private static BigDecimal decimal(double value) {
      BigDecimal shortest = BigDecimal.valueOf(value).stripTrailingZeros();
      return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }
  }

  /** No score, because the reward does not apply. */
  record Abstains() implements Expectation {
    @Override
    public boolean isMetBy(Verdict verdict) {
      return verdict.fold(score -> false, abstain -> true, failure -> false);
    }

    @Override
    public String text() {
      return "abstain";
    }

    @Override
    public void writeTo(ObjectNode row) {
      row.put(ExampleRow.ABSTAIN, true);
    }
  }

  /**
   * No score, because it cannot be computed.
   *
   * @param kind what must be named as the reason
   */
  record Fails(Failure.Kind kind) implements Expectation {
    @Override
    public boolean isMetBy(Verdict verdict) {
      return verdict.fold(score -> false, abstain -> false, failure -> failure.kind() == kind);
    }

    @Override
    public String text() {
      return "failure " + kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void writeTo(ObjectNode row) {
      row.put(ExampleRow.FAILURE, kind.name().toLowerCase(Locale.ROOT));
    }
  }
}
