package rft.template;

import java.util.List;
import rft.dataset.Task;
import rft.judge.Judge;
import rft.judge.ModelJudge;
import rft.reward.Completion;
import rft.reward.GroupReward;
import rft.reward.Verdict;

/**
 * Rewards an answer that does what it was asked, all of it and nothing else, as a model judges.
 *
 * <p>Pays the weighted mean of four criteria from 0 to 1: instructions followed, parts complete,
 * content correct, to the point. A reference answer is shown to the judge where there is one. Set
 * {@code RFT_JUDGE_URL} and {@code RFT_JUDGE_MODEL}; without them every verdict is a failure that
 * says so.
 *
 * <p>Does not catch what the judge does not see: a false claim in a field it knows little of, or a
 * count of words or letters, which models do badly; add a rule for those. {@code rft judge check
 * instruction-following} measures how far your judge can be trusted.
 */
public final class InstructionFollowing implements GroupReward {
  /** The number for the worst answer. */
  private static final double WORST = 1;

  /** The number for the best answer. */
  private static final double BEST = 5;

  /** Weight of keeping every instruction. */
  private static final double FOLLOWED = 3;

  /** Weight of answering every part. */
  private static final double COMPLETE = 2;

  /** Weight of being right. */
  private static final double CORRECT = 2;

  /** Weight of keeping to the point. */
  private static final double DIRECT = 1;

  private static final String PROMPT =
      """
      A user and an assistant had this conversation, which the assistant now answers:
      {{conversation}}

      The answer to judge:
      {{completion}}

      An answer that is known to be good, if there is one; another one may be as good:
      {{reference?}}

      First go through the conversation and list to yourself every instruction that is in force: \
      what is asked, and each constraint on form, length, language, tone, number of items, and \
      what must not be there. A later instruction replaces an earlier one that it contradicts; the \
      system message holds throughout. Then check the answer against each, one by one, and quote \
      what decides. An answer that does another task than the one asked, however well, follows \
      nothing. A refusal of a harmless request follows nothing.\
      """;

  private final ModelJudge judge =
      Judge.standard()
          .scale(WORST, BEST)
          .criterion(
              "followed",
              FOLLOWED,
              "5 every instruction and constraint is kept; 4 one minor slip of form; 3 one"
                  + " constraint is broken; 2 several are, or a main one; 1 the task was not done")
          .criterion(
              "complete",
              COMPLETE,
              "5 every part that was asked for is there; 3 a part is missing or only begun; 1 most"
                  + " of it is missing, or the answer breaks off")
          .criterion(
              "correct",
              CORRECT,
              "5 nothing in it is false, and it agrees with the good answer where that settles the"
                  + " matter; 3 a side point is false; 1 its main point is false or invented")
          .criterion(
              "direct",
              DIRECT,
              "5 no sentence could go; 3 some padding, repetition or praise of the question; 1 the"
                  + " answer is hard to find in what surrounds it")
          .scores(PROMPT);

  /** Makes the reward. */
  public InstructionFollowing() {}

  @Override
  public List<Verdict> score(Task task, List<Completion> group) {
    return judge.score(task, group);
  }
}
