package rft.lab;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a judge can be trusted.
 *
 * @param outcome in one word
 * @param next the one thing to do now
 * @param findings each measure with its rule, the weightiest first
 * @param groups groups that were judged
 * @param answers answers in them
 * @param repeats readings of each
 * @param noise standard deviation of the readings of one answer
 * @param spread standard deviation of what answers of one group are worth to it, without the noise
 * @param verdicts all that were asked for
 * @param failures those that are none, by kind
 * @param costUsd of all questions: verdicts and comparisons, failed ones and the other judge's
 *     included
 * @param secondsMedian time of a group that half of them do not exceed
 * @param seconds95 and that 95 % of them do not
 * @param evidence answers that show what was found
 * @param stopped whether it was stopped early, so that this is of what was judged by then
 */
public record JudgeReport(
    Outcome outcome,
    String next,
    List<JudgeFinding> findings,
    int groups,
    int answers,
    int repeats,
    double noise,
    double spread,
    int verdicts,
    Map<String, Integer> failures,
    double costUsd,
    double secondsMedian,
    double seconds95,
    List<Evidence> evidence,
    boolean stopped) {
  public JudgeReport {
    findings = List.copyOf(findings);
    failures = new TreeMap<>(failures);
    evidence = List.copyOf(evidence);
  }

  /** What all findings come to. */
  public enum Outcome {
    /** No rule is broken. That is no proof of the contrary. */
    NO_FAULT_FOUND,
    /** No rule is broken for certain, but one may be. */
    NOT_SURE,
    /** A rule is broken. */
    FAULT_FOUND
  }

  /**
   * An answer that shows what was found.
   *
   * @param what for example {@code padded}
   * @param taskId the task
   * @param answer its text
   * @param rewards what it got, one after another
   */
  public record Evidence(String what, String taskId, String answer, List<Double> rewards) {
    public Evidence {
      rewards = List.copyOf(rewards);
    }
  }
}
