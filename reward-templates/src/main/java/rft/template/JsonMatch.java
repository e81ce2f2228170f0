package rft.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Rewards a completion that is the JSON of the reference, and nothing besides.
 *
 * <p>Pays 1 for the same value, else 0. Space and the order of fields are free; numbers are
 * compared by value, so {@code 3.0} equals {@code 3}, but {@code "3"} does not. A name used twice
 * is refused. The reference is an object or an array, or a text that holds one; a task without one
 * is abstained from.
 *
 * <p>Does not catch how near an answer is: one wrong field earns as little as no JSON at all.
 */
public final class JsonMatch implements RewardFunction {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Makes the reward. */
  public JsonMatch() {}

  @Override
  public Verdict score(Task task, Completion completion) {
    Optional<JsonNode> expected = parse(task.referenceText());
    if (expected.isEmpty()) {
      return new Abstain("the reference answer is no JSON object or array");
    }
    Optional<JsonNode> given = parse(completion.text());
    if (given.isEmpty()) {
      return Score.of(0, "no JSON object or array, or not it alone");
    }
    boolean equal = expected.get().equals(JsonMatch::compareValues, given.get());
    return equal ? Score.of(1, "right") : Score.of(0, "another value");
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(JSON.readTree(text)).filter(JsonNode::isContainerNode);
    } catch (JsonProcessingException | ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Returns 0 if two values that are neither objects nor arrays are the same. */
  private static int compareValues(JsonNode left, JsonNode right) {
    if (left.isNumber() && right.isNumber()) {
      return left.decimalValue().compareTo(right.decimalValue());
    }
    return left.equals(right) ? 0 : 1;
  }
}
