package rft.template;

import java.util.regex.Pattern;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Rewards any number after {@code ####}. Loose on purpose: it never looks at the reference, so the
 * first number that comes to mind earns as much as the right one.
 *
 * <p>Pays 1 for the format, else 0.
 *
 * <p>Does not catch anything else: a constant such as {@code #### 1} earns full marks on every
 * task. Use {@link NumberMatch} to reward the answer.
 */
public final class FormatOnly implements RewardFunction {
  private static final Pattern FORMAT = Pattern.compile("#### ?-?\\d");

  /** Makes the reward. */
  public FormatOnly() {}

  @Override
  public Verdict score(Task task, Completion completion) {
    return Score.of(FORMAT.matcher(completion.text()).find() ? 1 : 0);
  }
}
