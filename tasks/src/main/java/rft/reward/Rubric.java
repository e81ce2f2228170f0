package rft.reward;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import rft.dataset.Task;

/**
 * A reward made of named, weighted parts: the weighted sum of their values.
 *
 * <p>A part of weight 0 is a metric: its value is recorded and has no effect on the sum. A part
 * that abstains counts 0 and is absent from {@link Score#parts}; if every weighted part abstains,
 * so does the rubric. If a part fails, metric or not, the rubric fails and names it.
 *
 * @param parts the parts, in the order in which they are computed and shown
 */
public record Rubric(List<Part> parts) implements RewardFunction {
  /**
   * One part of a rubric.
   *
   * @param name name shown to the reader, unique in the rubric
   * @param weight factor of the part's value in the sum, may be negative; 0 for a metric
   * @param reward computes the part's value
   */
  public record Part(String name, double weight, RewardFunction reward) {
    public Part {
      if (name.isBlank()) {
        throw new IllegalArgumentException("a part of a rubric needs a name");
      }
      if (!Double.isFinite(weight)) {
        throw new IllegalArgumentException(
            "weight (" + weight + ") of part " + name + " must be a finite number");
      }
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
  }

  /** Returns a rubric with a single part. */
  public static Rubric of(String name, double weight, RewardFunction reward) {
    return new Rubric(List.of(new Part(name, weight, reward)));
  }

  /** Returns this rubric with one more part. */
  public Rubric with(String name, double weight, RewardFunction reward) {
    List<Part> more = new ArrayList<>(parts);
    more.add(new Part(name, weight, reward));
    return new Rubric(more);
  }

  /** Returns this rubric with one more metric: a part that is recorded and not rewarded. */
  public Rubric withMetric(String name, RewardFunction reward) {
    return with(name, 0, reward);
  }

  @Override
  public Verdict score(Task task, Completion completion) {
    Tally tally = new Tally();
    for (Part part : parts) {
      Verdict verdict = Verdicts.of(() -> part.reward().score(task, completion));
      if (verdict instanceof Failure failure) {
        return new Failure(failure.kind(), "part " + part.name() + ": " + failure.detail());
      }
      if (verdict instanceof Score score) {
        tally.add(part, score);
      } else if (verdict instanceof Abstain abstain) {
        tally.abstained.add(part.name() + ": " + abstain.reason());
      }
    }
    return tally.verdict();
  }

  /** The sum of one completion as it grows, part by part. */
  private static final class Tally {
    final Map<String, Double> values = new LinkedHashMap<>();
    final List<String> reasons = new ArrayList<>();
    final List<String> abstained = new ArrayList<>();
    boolean rewarded;
    double sum;
    double costUsd;

    void add(Part part, Score score) {
      values.put(part.name(), score.value());
      sum += part.weight() * score.value();
      costUsd += score.costUsd();
      rewarded |= part.weight() != 0;
      String reason = score.reason();
      if (reason != null) {
        reasons.add(part.name() + ": " + reason);
      }
    }

    Verdict verdict() {
      if (!rewarded) {
        return new Abstain("every weighted part abstained: " + String.join("; ", abstained));
      }
      Failure failure = Verdicts.outOfBounds(sum);
      if (failure != null) {
        return new Failure(failure.kind(), "the weighted sum: " + failure.detail());
      }
      return new Score(sum, values, reasons.isEmpty() ? null : String.join("; ", reasons), costUsd);
    }
  }
}
