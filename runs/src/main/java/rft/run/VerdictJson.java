package rft.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.reward.Abstain;
import rft.reward.Failure;
import rft.reward.Score;
import rft.reward.Verdict;

/** The one form of a verdict in JSON: an object whose {@code kind} tells which of the three. */
public final class VerdictJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private VerdictJson() {}

  /** Returns a verdict as an object. */
  public static ObjectNode write(Verdict verdict) {
    return verdict.fold(
        VerdictJson::score,
        abstain -> JSON.objectNode().put("kind", "abstain").put("reason", abstain.reason()),
        VerdictJson::failure);
  }

  private static ObjectNode failure(Failure failure) {
    ObjectNode node =
        JSON.objectNode()
            .put("kind", "failure")
            .put("failure", outcome(failure))
            .put("detail", failure.detail());
    return failure.costUsd() == 0 ? node : node.put("cost_usd", failure.costUsd());
  }

  private static ObjectNode score(Score score) {
    ObjectNode node = JSON.objectNode().put("kind", "score");
    node.set("value", number(score.value()));
    ObjectNode parts = node.putObject("parts");
    score.parts().forEach((name, value) -> parts.set(name, number(value)));
    node.put("reason", score.reason());
    node.set("cost_usd", number(score.costUsd()));
    return node;
  }

  /**
   * Returns the verdict that {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the node is no verdict
   */
  public static Verdict read(JsonNode node) {
    String kind = node.path("kind").asText();
    return switch (kind) {
      case "score" -> readScore(node);
      case "abstain" -> new Abstain(node.path("reason").asText());
      case "failure" -> {
        String failure = node.path("failure").asText().toUpperCase(Locale.ROOT);
        yield new Failure(
            Failure.Kind.valueOf(failure),
            node.path("detail").asText(),
            number(node.path("cost_usd")));
      }
      default ->
          throw new IllegalArgumentException("a verdict of kind \"" + kind + "\" does not exist");
    };
  }

  private static Score readScore(JsonNode node) {
    Map<String, Double> parts = new LinkedHashMap<>();
    node.path("parts").properties().forEach(p -> parts.put(p.getKey(), number(p.getValue())));
    return new Score(
        number(node.path("value")),
        parts,
        textOrNull(node.path("reason")),
        number(node.path("cost_usd")));
  }

  /** Returns {@code score}, {@code abstain}, or the kind of the failure in lower case. */
  static String outcome(Verdict verdict) {
    return verdict.fold(
        score -> "score",
        abstain -> "abstain",
        failure -> failure.kind().name().toLowerCase(Locale.ROOT));
  }

  /** Returns a number, or its name as text where JSON has no number for it. */
  static JsonNode number(double value) {
    return Double.isFinite(value) ? JSON.numberNode(value) : JSON.textNode(Double.toString(value));
  }

  private static double number(JsonNode node) {
    return node.isTextual() ? Double.parseDouble(node.textValue()) : node.doubleValue();
  }

  private static @Nullable String textOrNull(JsonNode node) {
    return node.isTextual() ? node.textValue() : null;
  }
}
