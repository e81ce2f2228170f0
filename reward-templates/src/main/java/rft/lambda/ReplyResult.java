package rft.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import rft.reward.Abstain;
import rft.reward.Failure;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Reads one result of a reply. Fields that samples add, such as {@code score} and {@code
 * reward_components}, are ignored.
 */
final class ReplyResult {
  /** How public samples answer for a row on which they threw. */
  private static final Map<String, Double> SWALLOWED = Map.of("error", 0.0);

  private ReplyResult() {}

  static Verdict verdict(JsonNode result) {
    if (result.has("kind") && !result.has(LambdaReply.SCORE)) {
      return noScore(result);
    }
    JsonNode score = result.path(LambdaReply.SCORE);
    if (!score.isNumber()) {
      return unreadable(LambdaReply.SCORE + " is " + ContractJson.kind(score) + ", not a number");
    }
    double value = score.doubleValue();
    if (Double.isNaN(value)) {
      return new Failure(Failure.Kind.NOT_A_NUMBER, LambdaReply.SCORE + " is NaN");
    }
    if (Math.abs(value) > Score.LIMIT) {
      return new Failure(
          Failure.Kind.OUT_OF_RANGE,
          LambdaReply.SCORE + " is " + value + ", beyond +-" + Score.LIMIT);
    }
    JsonNode metrics = result.path(LambdaReply.METRICS);
    if (!metrics.isArray() && !metrics.isMissingNode() && !metrics.isNull()) {
      return unreadable(LambdaReply.METRICS + " is " + ContractJson.kind(metrics) + ", not a list");
    }
    Map<String, Double> parts = new LinkedHashMap<>();
    for (JsonNode metric : metrics) {
      String problem = problem(metric);
      if (!problem.isEmpty()) {
        return unreadable(problem);
      }
      String name = metric.path("name").textValue();
      if (parts.put(name, metric.path("value").doubleValue()) != null) {
        return unreadable("two metrics have the name " + name);
      }
    }
    return value == 0 && parts.equals(SWALLOWED)
        ? new Failure(
            Failure.Kind.EXCEPTION,
            "the reward swallowed an error: it answers 0 and the metric error, and nothing else")
        : new Score(value, parts, null, 0);
  }

  /** Returns what is wrong with a metric; empty if nothing is. */
  private static String problem(JsonNode metric) {
    if (!metric.path("name").isTextual()) {
      return "a metric has no name";
    }
    String where = "the metric " + ContractJson.shortened(metric.path("name").textValue());
    JsonNode value = metric.path("value");
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      return where + " has no finite number as its value";
    }
    String type = metric.path("type").asText();
    return type.equals("Metric") || type.equals("Reward")
        ? ""
        : where + " has the type \"" + type + "\", which must be Metric or Reward";
  }

  /** Returns why this product gave no score. */
  private static Verdict noScore(JsonNode result) {
    String kind = result.path("kind").asText();
    String detail = result.path("detail").asText();
    return kind.equals(ReplyReader.ABSTAIN)
        ? new Abstain(detail)
        : new Failure(ReplyReader.kind(kind, Failure.Kind.EXCEPTION), detail);
  }

  private static Failure unreadable(String detail) {
    return new Failure(Failure.Kind.UNREADABLE, detail);
  }
}
