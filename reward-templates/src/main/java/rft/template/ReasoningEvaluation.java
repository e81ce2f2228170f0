package rft.template;

import java.util.List;
import rft.dataset.Task;
import rft.judge.Judge;
import rft.judge.ModelJudge;
import rft.reward.Completion;
import rft.reward.GroupReward;
import rft.reward.Verdict;

/**
 * Rewards an answer whose reasoning is sound, grounded in its field and reaches the right result,
 * as a model judges.
 *
 * <p>Pays the weighted mean of four criteria from 0 to 1: the result, the soundness of the steps,
 * the knowledge they rest on, and that no step is missing. The reference answer is shown to the
 * judge where there is one, and so is the row's {@code domain}, for example {@code tax law}. Set
 * {@code RFT_JUDGE_URL} and {@code RFT_JUDGE_MODEL}; without them every verdict is a failure that
 * says so.
 *
 * <p>Does not catch an error of the field that the judge makes itself, nor reasoning written after
 * the fact. Where the result can be checked by a rule, check it by one ({@code number-match}) and
 * let this judge the way only. {@code rft judge check reasoning-evaluation} measures the judge.
 */
public final class ReasoningEvaluation implements GroupReward {
  /** The number for the worst answer. */
  private static final double WORST = 1;

  /** The number for the best answer. */
  private static final double BEST = 5;

  /** Weight of the right result. */
  private static final double RESULT = 3;

  /** Weight of steps that follow from each other. */
  private static final double SOUND = 3;

  /** Weight of right facts, rules and methods of the field. */
  private static final double GROUNDED = 2;

  /** Weight of leaving no step out. */
  private static final double STEPS = 1;

  private static final String PROMPT =
      """
      The question:
      {{conversation}}

      Its field, if it is named:
      {{domain?}}

      The right result, if it is known:
      {{reference?}}

      The answer to judge, with its reasoning:
      {{completion}}

      First work out the result for yourself, or take the right one if it is given, even if you \
      would have come to another. Then follow the answer step by step: does each step follow from \
      the question, from earlier steps or from a rule of the field that really says so? Name the \
      first step that does not. A right result does not heal a wrong step, and a wrong result does \
      not spoil the steps before the error: each criterion has a number of its own. Steps that are \
      only asserted, go in a circle, or are tried and dropped without a reason, do not count as \
      reasoning. Two different results are no result.\
      """;

  private final ModelJudge judge =
      Judge.standard()
          .scale(WORST, BEST)
          .criterion(
              "result",
              RESULT,
              "5 the one final result is right; 4 right but for form or rounding; 2 wrong by a slip"
                  + " in the last step; 1 wrong, missing, or more than one")
          .criterion(
              "sound",
              SOUND,
              "5 every step follows; 4 one step is loose but true; 3 a step does not follow and"
                  + " nothing rests on it; 2 the result rests on such a step; 1 no reasoning that"
                  + " could be followed")
          .criterion(
              "grounded",
              GROUNDED,
              "5 facts, rules, units and terms of the field are right and fit the case; 3 one is"
                  + " wrong or does not fit; 1 it rests on invented facts, sources or rules")
          .criterion(
              "steps",
              STEPS,
              "5 a reader of the field could check it without working anything out; 3 a needed step"
                  + " or assumption is left out; 1 it only states the result")
          .scores(PROMPT);

  /** Makes the reward. */
  public ReasoningEvaluation() {}

  @Override
  public List<Verdict> score(Task task, List<Completion> group) {
    return judge.score(task, group);
  }
}
