package rft.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * What a reward answers: an array with one result per element of the event, same ids, same order.
 *
 * <p>The contract knows scores alone. Where there is none for an element, because the reward failed
 * or abstained, the whole batch is an error, as the service and its checker know it: an object with
 * {@code errorType} and {@code errorMessage}. An invented score would train the model; a result
 * left out would do so in silence. The error of this product also holds the {@code results} that
 * there are and the {@code failures}, each with its id and kind, for {@link #verdicts}.
 */
public final class LambdaReply {
  static final String SCORE = "aggregate_reward_score";
  static final String METRICS = "metrics_list";
  static final String ERROR_TYPE = "errorType";
  static final String ERROR_MESSAGE = "errorMessage";
  static final String RESULTS = "results";
  static final String FAILURES = "failures";

  /** The error's type where some elements have no score. */
  static final String NO_SCORE = "NoScore";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private LambdaReply() {}

  /**
   * Returns the verdicts that a reply holds on what an event asked, in the event's order. What
   * breaks the contract is a failure that says how, of one element where the others can be told
   * apart from it, else of all: never a default score.
   */
  public static List<Verdict> verdicts(String json, LambdaEvent event) {
    return new ReplyReader(event.ids().stream().map(JsonNode::asText).toList()).read(json);
  }

  /** Returns true if every verdict is a score, so that the documented array can be written. */
  static boolean isWhole(List<Verdict> verdicts) {
    return verdicts.stream().allMatch(Score.class::isInstance);
  }

  /**
   * Returns the documented array, or the error if a verdict is no score.
   *
   * @param verdicts one per rollout of the event, in its order
   * @param weights of each part by its name; a part of weight 0 is a {@code Metric}, any other a
   *     {@code Reward}
   */
  public static String write(
      LambdaEvent event, List<Verdict> verdicts, Map<String, Double> weights) {
    if (verdicts.size() != event.rollouts().size()) {
      throw new IllegalArgumentException(
          verdicts.size() + " verdicts do not answer " + event.rollouts().size() + " rollouts");
    }
    ArrayNode results = JSON.arrayNode();
    ArrayNode failures = JSON.arrayNode();
    for (int i = 0; i < verdicts.size(); i++) {
      ObjectNode element = JSON.objectNode().set(EventField.ID, event.rollouts().get(i).id());
      if (verdicts.get(i) instanceof Score score) {
        results.add(result(element, score, weights));
      } else {
        failures.add(failure(element, verdicts.get(i)));
      }
    }
    return ContractJson.write(failures.isEmpty() ? results : error(results, failures));
  }

  private static ObjectNode result(ObjectNode element, Score score, Map<String, Double> weights) {
    ArrayNode metrics = element.put(SCORE, score.value()).putArray(METRICS);
    score
        .parts()
        .forEach(
            (name, value) -> {
              if (Double.isFinite(value)) {
                boolean metric = weights.getOrDefault(name, 1.0) == 0;
                metrics
                    .addObject()
                    .put("name", name)
                    .put("value", value)
                    .put("type", metric ? "Metric" : "Reward");
              }
            });
    return element;
  }

  private static ObjectNode failure(ObjectNode element, Verdict verdict) {
    return verdict.fold(
        score -> element,
        abstain -> element.put("kind", ReplyReader.ABSTAIN).put("detail", abstain.reason()),
        failure -> element.put("kind", failure.kind().name()).put("detail", failure.detail()));
  }

  private static ObjectNode error(ArrayNode results, ArrayNode failures) {
    Map<String, Integer> kinds = new TreeMap<>();
    failures.forEach(failure -> kinds.merge(failure.path("kind").asText(), 1, Integer::sum));
    JsonNode first = failures.get(0);
    ObjectNode error =
        JSON.objectNode()
            .put(ERROR_TYPE, NO_SCORE)
            .put(
                ERROR_MESSAGE,
                failures.size()
                    + " of "
                    + (results.size() + failures.size())
                    + " rollouts have no score "
                    + kinds
                    + ", first "
                    + first.path(EventField.ID).asText()
                    + ": "
                    + first.path("detail").asText());
    error.set(RESULTS, results);
    error.set(FAILURES, failures);
    return error;
  }

  /** Returns the error that stands for a whole batch. */
  static String error(LambdaException e) {
    return ContractJson.write(
        JSON.objectNode()
            .put(ERROR_TYPE, e.kind().name())
            .put(ERROR_MESSAGE, String.valueOf(e.getMessage())));
  }
}
