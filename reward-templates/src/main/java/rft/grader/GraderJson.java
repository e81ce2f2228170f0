package rft.grader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a grader as JSON. */
final class GraderJson implements Grader.Cases<ObjectNode> {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static ObjectNode start(Grader grader) {
    return JSON.objectNode().put("type", grader.type()).put("name", grader.name());
  }

  @Override
  public ObjectNode stringCheck(Grader.StringCheck grader) {
    return start(grader)
        .put("input", grader.input())
        .put("reference", grader.reference())
        .put("operation", grader.operation().jsonName());
  }

  @Override
  public ObjectNode textSimilarity(Grader.TextSimilarity grader) {
    ObjectNode node =
        start(grader)
            .put("input", grader.input())
            .put("reference", grader.reference())
            .put("evaluation_metric", grader.metric().jsonName());
    return threshold(node, grader.passThreshold());
  }

  @Override
  public ObjectNode scoreModel(Grader.ScoreModel grader) {
    ObjectNode node = start(grader).put("model", grader.model());
    node.set("input", turns(grader.input()));
    ArrayNode range = node.putArray("range");
    range.add(number(grader.low())).add(number(grader.high()));
    threshold(node, grader.passThreshold());
    return sampling(node, grader.samplingParams());
  }

  @Override
  public ObjectNode labelModel(Grader.LabelModel grader) {
    ObjectNode node = start(grader).put("model", grader.model());
    node.set("input", turns(grader.input()));
    grader.labels().forEach(node.putArray("labels")::add);
    grader.passingLabels().forEach(node.putArray("passing_labels")::add);
    return sampling(node, grader.samplingParams());
  }

  @Override
  public ObjectNode python(Grader.Python grader) {
    ObjectNode node = start(grader).put("source", grader.source());
    String tag = grader.imageTag();
    return tag == null ? node : node.put("image_tag", tag);
  }

  @Override
  public ObjectNode multi(Grader.Multi grader) {
    ObjectNode node = start(grader);
    ObjectNode graders = node.putObject("graders");
    grader.graders().forEach((key, one) -> graders.set(key, one.toJson()));
    return node.put("calculate_output", grader.calculateOutput());
  }

  private static ObjectNode threshold(ObjectNode node, @Nullable Double threshold) {
    if (threshold != null) {
      node.set("pass_threshold", number(threshold));
    }
    return node;
  }

  private static ObjectNode sampling(ObjectNode node, ObjectNode params) {
    if (!params.isEmpty()) {
      node.set("sampling_params", params.deepCopy());
    }
    return node;
  }

  private static ArrayNode turns(List<Grader.Turn> turns) {
    ArrayNode array = JSON.arrayNode();
    for (Grader.Turn turn : turns) {
      ObjectNode node = array.addObject();
      if (turn.typed()) {
        node.put("type", "message");
      }
      node.put("role", turn.role());
      node.set("content", turn.content().deepCopy());
    }
    return array;
  }

  /** Returns a whole number without a fraction, as its author most likely wrote it. */
  private static JsonNode number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e9;
    return whole ? JSON.numberNode((int) value) : JSON.numberNode(value);
  }
}
