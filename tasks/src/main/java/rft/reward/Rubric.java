package rft.reward;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rft.dataset.Task;

/**
 * A reward made of named, weighted parts, the weighted sum of their values unless told otherwise.
 *
 * <p>A part of weight 0 is a metric: its value is recorded and has no effect on the reward. A part
 * that abstains leaves the combination and is absent from {@link Score#parts}; if every weighted
 * part abstains, so does the rubric. A gate that is 0 or less, or abstains, makes the reward 0. If
 * a part fails, metric or not, the rubric fails and names it.
 *
 * @param parts the parts, in the order in which they are computed and shown
 * @param combination how weighted values become one
 * @param atLeast the reward is never less
 * @param atMost the reward is never more
 */
public record Rubric(List<Part> parts, Combination combination, double atLeast, double atMost)
    implements RewardFunction {
  /**
   * One part of a rubric.
   *
   * @param name name shown to the reader, unique in the rubric
   * @param weight factor of the part's value, may be negative; 0 for a metric, and for a gate that
   *     adds nothing
   * @param reward computes the part's value
   * @param isGate whether nothing counts where this part is 0
   * @param scale brings its values to 0 to 1; null to take them as they are
   */
  public record Part(
      String name, double weight, RewardFunction reward, boolean isGate, @Nullable Scale scale) {
    public Part {
      if (name.isBlank()) {
        throw new IllegalArgumentException("a part of a rubric needs a name");
      }
      if (!Double.isFinite(weight)) {
        throw new IllegalArgumentException(
            "weight (" + weight + ") of part " + name + " must be a finite number");
      }
    }

    /** Takes values as they are; no gate. */
    public Part(String name, double weight, RewardFunction reward) {
      this(name, weight, reward, false, null);
    }
  }

  /**
   * Brings values to 0 to 1 and cuts off what lies beyond.
   *
   * @param low becomes 0
   * @param high becomes 1; less than {@code low} where less is better
   */
  public record Scale(double low, double high) {
    public Scale {
      if (!Double.isFinite(high - low) || high == low) {
        throw new IllegalArgumentException(
            "the range " + low + " to " + high + " of a part must lie between two finite numbers");
      }
    }

    double of(double value) {
      return Math.max(0, Math.min(1, (value - low) / (high - low)));
    }
  }

  public Rubric {
    parts = List.copyOf(parts);
    Set<String> names = new HashSet<>();
    for (Part part : parts) {
      if (!names.add(part.name())) {
        throw new IllegalArgumentException(
            "two parts of the rubric are called " + part.name() + ": rename one");
      }
    }
    if (parts.stream().allMatch(part -> part.weight() == 0)) {
      throw new IllegalArgumentException(
          "the rubric has no part with a weight: every reward would be 0");
    }
    if (!(atLeast < atMost)) {
      throw new IllegalArgumentException(
          "the rubric's reward cannot be at least " + atLeast + " and at most " + atMost);
    }
  }

  /** Makes the weighted sum of parts. */
  public Rubric(List<Part> parts) {
    this(parts, Combination.SUM, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** Returns a rubric with a single part. */
  public static Rubric of(String name, double weight, RewardFunction reward) {
    return new Rubric(List.of(new Part(name, weight, reward)));
  }

  /** Returns this rubric with one more part. */
  public Rubric with(String name, double weight, RewardFunction reward) {
    return with(new Part(name, weight, reward));
  }

  /** Returns this rubric with one more part. */
  public Rubric with(Part part) {
    List<Part> more = new ArrayList<>(parts);
    more.add(part);
    return new Rubric(more, combination, atLeast, atMost);
  }

  /** Returns this rubric with one more metric: a part that is recorded and not rewarded. */
  public Rubric withMetric(String name, RewardFunction reward) {
    return with(name, 0, reward);
  }

  /** Returns this rubric with one more gate: where it is 0, so is the reward. */
  public Rubric withGate(String name, RewardFunction reward) {
    return with(new Part(name, 0, reward, true, null));
  }

  /** Returns these parts, combined in another way. */
  public Rubric by(Combination other) {
    return new Rubric(parts, other, atLeast, atMost);
  }

  /** Returns this rubric with its reward kept within bounds. */
  public Rubric clipped(double least, double most) {
    return new Rubric(parts, combination, least, most);
  }

  /** Returns whether the reward is nothing but the sum of weight times part. */
  public boolean isPlainSum() {
    return combination == Combination.SUM
        && atLeast == Double.NEGATIVE_INFINITY
        && atMost == Double.POSITIVE_INFINITY
        && parts.stream().noneMatch(Part::isGate);
  }

  @Override
  public Verdict score(Task task, Completion completion) {
    Tally tally = new Tally();
    for (Part part : parts) {
      Verdict verdict = Verdicts.of(() -> part.reward().score(task, completion));
      if (verdict instanceof Failure failure) {
        String detail = "part " + part.name() + ": " + failure.detail();
        return new Failure(failure.kind(), detail, tally.costUsd + failure.costUsd());
      }
      if (verdict instanceof Score score) {
        tally.add(part, score);
      } else if (verdict instanceof Abstain abstain) {
        tally.abstained.add(part.name() + ": " + abstain.reason());
        tally.closed |= part.isGate();
      }
    }
    return tally.verdict();
  }

  /** The parts of one completion as they come. */
  private final class Tally {
    final Map<String, Double> values = new LinkedHashMap<>();
    final List<Double> weighted = new ArrayList<>();
    final List<String> reasons = new ArrayList<>();
    final List<String> abstained = new ArrayList<>();
    boolean closed;
    double costUsd;

    void add(Part part, Score score) {
      double value = part.scale() == null ? score.value() : part.scale().of(score.value());
      values.put(part.name(), value);
      if (part.weight() != 0) {
        weighted.add(part.weight() * value);
      }
      closed |= part.isGate() && value <= 0;
      costUsd += score.costUsd();
      String reason = score.reason();
      if (reason != null) {
        reasons.add(part.name() + ": " + reason);
      }
    }

    Verdict verdict() {
      if (weighted.isEmpty() && !closed) {
        return new Abstain("every weighted part abstained: " + String.join("; ", abstained));
      }
      double reward = closed ? 0 : combination.of(weighted).orElse(0);
      reward = Math.max(atLeast, Math.min(atMost, reward));
      Failure failure = Verdicts.outOfBounds(reward);
      if (failure != null) {
        String whole = combination == Combination.SUM ? "the weighted sum: " : "the whole: ";
        return new Failure(failure.kind(), whole + failure.detail(), costUsd);
      }
      return new Score(
          reward, values, reasons.isEmpty() ? null : String.join("; ", reasons), costUsd);
    }
  }
}
