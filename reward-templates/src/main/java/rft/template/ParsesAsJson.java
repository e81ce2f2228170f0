package rft.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Rewards any JSON object. Loose on purpose: it never looks at the fields, so an object with a
 * field left out, or none at all, earns as much as the right one.
 *
 * <p>Pays 1 if the whole completion is one JSON object, else 0.
 *
 * <p>Does not catch anything else: {@code {}} earns full marks on every task. Use {@link JsonMatch}
 * to reward the content.
 */
public final class ParsesAsJson implements RewardFunction {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Makes the reward. */
  public ParsesAsJson() {}

  @Override
  public Verdict score(Task task, Completion completion) {
    try {
      return Score.of(JSON.readTree(completion.text()).isObject() ? 1 : 0);
    } catch (JsonProcessingException e) {
      return Score.of(0);
    }
  }
}
