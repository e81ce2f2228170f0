package rft.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import rft.run.TrainOptions;

/**
 * Lays the options that were given over those of another run. An adapter changes as a whole, and
 * another loss brings its usual clips and advantage along where they are not given.
 */
final class GivenOptions {
  private static final JsonMapper JSON = new JsonMapper();

  private static final String CLIP_LOW = "loss.clipLow";
  private static final String CLIP_HIGH = "loss.clipHigh";
  private static final String ADVANTAGE = "loss.scale";

  /** What follows from the loss where it is not given. */
  private static final List<String> OF_THE_LOSS = List.of(CLIP_LOW, CLIP_HIGH, ADVANTAGE);

  /** Where each option lies in the JSON of a run's options. */
  private static final Map<String, String> PLACES = places();

  /** What the records of options call their components, and what the user calls them. */
  private static final Map<String, String> COMPONENTS = components();

  private final Predicate<String> given;

  /**
   * Makes a merger.
   *
   * @param given whether an option such as {@code --lr} was given
   */
  GivenOptions(Predicate<String> given) {
    this.given = given;
  }

  private static Map<String, String> places() {
    Map<String, String> places = new LinkedHashMap<>();
    places.put("--method", "method");
    for (String group : new String[] {"--full", "--rank", "--alpha", "--targets"}) {
      places.put(group, "adapter");
    }
    places.put("--loss", "loss.kind");
    places.put("--clip-low", CLIP_LOW);
    places.put("--clip-high", CLIP_HIGH);
    places.put("--advantage", ADVANTAGE);
    places.put("--kl", "loss.klBeta");
    places.put("--mask-truncated", "loss.maskTruncated");
    places.put("--steps", "loop.steps");
    places.put("--tasks-per-step", "loop.tasksPerStep");
    places.put("--group-size", "loop.groupSize");
    places.put("--mu", "loop.innerIterations");
    places.put("--micro-batch", "loop.microBatchRollouts");
    places.put("--kl-every", "loop.klEvery");
    places.put("--max-new-tokens", "sampling.maxNewTokens");
    places.put("--temperature", "sampling.temperature");
    places.put("--top-p", "sampling.topP");
    places.put("--top-k", "sampling.topK");
    places.put("--lr", "optimizer.learningRate");
    places.put("--schedule", "optimizer.schedule");
    places.put("--warmup-steps", "optimizer.warmupSteps");
    places.put("--weight-decay", "optimizer.weightDecay");
    places.put("--max-grad-norm", "optimizer.maxGradNorm");
    places.put("--validate-every", "validation.every");
    places.put("--validation-tasks", "validation.tasks");
    places.put("--validation-samples", "validation.samples");
    places.put("--check", "validation.check");
    places.put("--checkpoint-every", "checkpoint.every");
    places.put("--on-failure", "reward.failures.action");
    places.put("--stop-above", "reward.failures.stopShare");
    places.put("--reward-seconds", "reward.timeLimitSeconds");
    places.put("--seed", "seed");
    places.put("--device", "inputs.device");
    places.put("--threads", "inputs.threads");
    places.put("--precision", "inputs.precision");
    return places;
  }

  /**
   * Returns a complaint about an option with the option's name in place of the record's component,
   * {@code --lr (0.0) must be above 0} in place of {@code learningRate (0.0) must be above 0}.
   */
  static IllegalArgumentException inWordsOfTheUser(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    for (Map.Entry<String, String> component : COMPONENTS.entrySet()) {
      if (message.startsWith(component.getKey() + " (")) {
        String named = component.getValue() + message.substring(component.getKey().length());
        return new IllegalArgumentException(named, e);
      }
    }
    return e;
  }

  /** Returns what the user calls a component of the records of options, or the component itself. */
  static String optionOf(String component) {
    return COMPONENTS.getOrDefault(component, component);
  }

  /** Returns the group an option belongs to, for example {@code loop}. */
  static String groupOf(String option) {
    return PLACES.getOrDefault(option, "").replaceFirst("\\..*", "");
  }

  private static Map<String, String> components() {
    Map<String, String> components = new LinkedHashMap<>();
    PLACES.forEach(
        (option, place) -> components.put(place.substring(place.lastIndexOf('.') + 1), option));
    components.put("rank", "--rank");
    components.put("alpha", "--alpha");
    components.put("targets", "--targets");
    components.put("validation every", "--validate-every");
    components.put("validation tasks", "--validation-tasks");
    components.put("validation samples", "--validation-samples");
    components.put("checkpoint every", "--checkpoint-every");
    components.put("stop share", "--stop-above");
    return components;
  }

  /**
   * Returns the options of another run with the given ones in their place.
   *
   * @throws IllegalArgumentException if they do not go together, naming the option
   */
  TrainOptions merge(TrainOptions from, TrainOptions mine) {
    try {
      ObjectNode merged = (ObjectNode) JSON.readTree(from.toJson());
      JsonNode own = JSON.readTree(mine.toJson());
      PLACES.forEach(
          (option, place) -> {
            if (given.test(option)) {
              copy(own, merged, place);
            }
          });
      if (given.test("--loss")) {
        OF_THE_LOSS.forEach(place -> copy(own, merged, place));
      }
      return read(JSON.writeValueAsString(merged));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("options of a run are JSON", e);
    }
  }

  private static TrainOptions read(String merged) {
    try {
      return TrainOptions.fromJson(merged);
    } catch (IllegalArgumentException e) {
      String complaint = String.valueOf(e.getMessage()).replaceFirst("^options, [\\w.]+: ", "");
      throw inWordsOfTheUser(new IllegalArgumentException(complaint, e));
    }
  }

  private static void copy(JsonNode from, ObjectNode to, String place) {
    String[] path = place.split("\\.");
    JsonNode source = from;
    ObjectNode target = to;
    for (String part : List.of(path).subList(0, path.length - 1)) {
      source = source.path(part);
      target = (ObjectNode) target.path(part);
    }
    String last = path[path.length - 1];
    target.set(last, source.path(last));
  }
}
