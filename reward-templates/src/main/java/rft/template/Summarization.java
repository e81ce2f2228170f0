package rft.template;

import java.util.List;
import rft.dataset.Task;
import rft.judge.Judge;
import rft.judge.ModelJudge;
import rft.reward.Completion;
import rft.reward.GroupReward;
import rft.reward.Verdict;

/**
 * Rewards a summary of a dialog that is faithful, keeps what matters and is short, as a model
 * judges.
 *
 * <p>Pays the weighted mean of four criteria from 0 to 1: faithful, covers what matters, right
 * about who said what, concise. The dialog is the task's conversation, whether it stands in one
 * message or in several turns; a reference summary is shown to the judge where there is one. Set
 * {@code RFT_JUDGE_URL} and {@code RFT_JUDGE_MODEL}; without them every verdict is a failure that
 * says so.
 *
 * <p>Does not catch small distortions in long dialogs, which judges overlook as people do, nor a
 * taste for longer summaries: {@code rft judge check summarization} measures both.
 */
public final class Summarization implements GroupReward {
  /** The number for the worst summary. */
  private static final double WORST = 1;

  /** The number for the best summary. */
  private static final double BEST = 5;

  /** Weight of saying nothing that the dialog does not say. */
  private static final double FAITHFUL = 3;

  /** Weight of keeping what matters. */
  private static final double COVERAGE = 3;

  /** Weight of being right about who said, wants or does what. */
  private static final double ATTRIBUTION = 2;

  /** Weight of being short. */
  private static final double CONCISE = 2;

  private static final String PROMPT =
      """
      This conversation holds a dialog and asks for its summary:
      {{conversation}}

      The summary to judge:
      {{completion}}

      A summary that is known to be good, if there is one; another one may be as good:
      {{reference?}}

      First note what a reader who was not there must learn from the dialog: what it was about, what \
      was decided or answered, who is to do what by when, what is still open, and each number, name \
      and date on which that rests. Small talk is not among it. Where the dialog corrects itself, \
      only the last word counts. Then go through the summary sentence by sentence: find the turn \
      that supports it, or note that none does. What was wished or proposed must not appear as \
      decided. If the request sets a form or a length, keep to it in what you call concise.\
      """;

  private final ModelJudge judge =
      Judge.standard()
          .scale(WORST, BEST)
          .criterion(
              "faithful",
              FAITHFUL,
              "5 the dialog supports every statement; 4 one is a harmless inference; 3 one detail"
                  + " is wrong; 2 something is invented or turned round; 1 it misleads about the"
                  + " outcome")
          .criterion(
              "coverage",
              COVERAGE,
              "5 everything that a reader must learn; 3 the outcome is there, but a decision, task"
                  + " or open question is missing; 1 the outcome is missing")
          .criterion(
              "attribution",
              ATTRIBUTION,
              "5 it is always clear and right who said, wants or does what; 3 once unclear; 1 two"
                  + " speakers are mixed up")
          .criterion(
              "concise",
              CONCISE,
              "5 as short as its content allows, or as was asked; 3 some repetition or side issues;"
                  + " 1 retells the dialog, or is longer than was asked by far")
          .scores(PROMPT);

  /** Makes the reward. */
  public Summarization() {}

  @Override
  public List<Verdict> score(Task task, List<Completion> group) {
    return judge.score(task, group);
  }
}
