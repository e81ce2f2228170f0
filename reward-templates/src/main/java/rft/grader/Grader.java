package rft.grader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the six graders. Texts called templates may hold {@code {{ item.KEY }}} and {@code {{
 * sample.output_text }}}.
 */
public sealed interface Grader {
  /** Returns what it is called. */
  String name();

  /** Returns its type as JSON writes it, for example {@code string_check}. */
  String type();

  /** Returns the result of the case that fits this grader. */
  <T> T fold(Cases<T> cases);

  /**
   * Returns the grader that a JSON text holds.
   *
   * @throws GraderException naming every field that is missing, unknown or wrong, with its place
   */
  static Grader read(String json) throws GraderException {
    return new GraderReader(json).grader();
  }

  /** Returns the grader as JSON: all its fields, in the shape of the schema. */
  default ObjectNode toJson() {
    return fold(new GraderJson());
  }

  /** Returns what its author probably did not mean, one sentence each. */
  default List<String> warnings() {
    return GraderWarnings.of(this);
  }

  /**
   * Returns what it cannot do with a row, one sentence each: variables that the row lacks, and a
   * reference that is empty there and so pays every answer.
   *
   * @param item as of {@link GraderSample#item}
   */
  default List<String> problemsWith(ObjectNode item) {
    return fold(new RowCheck(item, ""));
  }

  /**
   * One function for each type.
   *
   * @param <T> what they return
   */
  interface Cases<T> {
    T stringCheck(StringCheck grader);

    T textSimilarity(TextSimilarity grader);

    T scoreModel(ScoreModel grader);

    T labelModel(LabelModel grader);

    T python(Python grader);

    T multi(Multi grader);
  }

  /** How {@code string_check} compares. */
  enum Operation {
    EQ,
    NE,
    /** The input contains the reference. */
    LIKE,
    /** The same, whatever the case. */
    ILIKE;

    String jsonName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How {@code text_similarity} measures. */
  enum Metric {
    FUZZY_MATCH,
    BLEU,
    GLEU,
    METEOR,
    COSINE,
    ROUGE_1,
    ROUGE_2,
    ROUGE_3,
    ROUGE_4,
    ROUGE_5,
    ROUGE_L;

    String jsonName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * 1 or 0.
   *
   * @param input template
   * @param reference template
   */
  record StringCheck(String name, String input, String reference, Operation operation)
      implements Grader {
    @Override
    public String type() {
      return "string_check";
    }

    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.stringCheck(this);
    }
  }

  /**
   * 0 to 1.
   *
   * @param input template
   * @param reference template
   * @param passThreshold from where on it counts as passed; null if not given
   */
  record TextSimilarity(
      String name, String input, String reference, Metric metric, @Nullable Double passThreshold)
      implements Grader {
    @Override
    public String type() {
      return "text_similarity";
    }

    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.textSimilarity(this);
    }
  }

  /**
   * A number that a model gives.
   *
   * @param input the conversation it is asked
   * @param low the least number
   * @param high the greatest
   * @param passThreshold from where on it counts as passed; null if not given
   * @param samplingParams as JSON; empty if not given
   */
  record ScoreModel(
      String name,
      String model,
      List<Turn> input,
      double low,
      double high,
      @Nullable Double passThreshold,
      ObjectNode samplingParams)
      implements Grader {
    public ScoreModel {
      input = List.copyOf(input);
      samplingParams = samplingParams.deepCopy();
    }

    @Override
    public String type() {
      return "score_model";
    }

    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.scoreModel(this);
    }
  }

  /**
   * 1 if a model gives one of the passing labels, 0 if it gives another.
   *
   * @param input the conversation it is asked
   */
  record LabelModel(
      String name,
      String model,
      List<Turn> input,
      List<String> labels,
      List<String> passingLabels,
      ObjectNode samplingParams)
      implements Grader {
    public LabelModel {
      input = List.copyOf(input);
      labels = List.copyOf(labels);
      passingLabels = List.copyOf(passingLabels);
      samplingParams = samplingParams.deepCopy();
    }

    @Override
    public String type() {
      return "label_model";
    }

    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.labelModel(this);
    }
  }

  /**
   * What the function {@code grade(sample, item)} returns.
   *
   * @param source Python
   * @param imageTag of the service's image; null if not given
   */
  record Python(String name, String source, @Nullable String imageTag) implements Grader {
    @Override
    public String type() {
      return "python";
    }

    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.python(this);
    }
  }

  /**
   * A formula over other graders.
   *
   * @param graders by the names that the formula knows them by; none of them is a {@code Multi}
   * @param calculateOutput the formula
   */
  record Multi(String name, Map<String, Grader> graders, String calculateOutput) implements Grader {
    public Multi {
      graders = Collections.unmodifiableMap(new LinkedHashMap<>(graders));
    }

    /**
     * Returns the weight of each grader, 0 for one that the formula does not use; empty if the
     * formula is no weighted sum.
     */
    public Map<String, Double> weights() {
      try {
        return Formula.parse(calculateOutput, graders.keySet())
            .weights()
            .map(this::withUnused)
            .orElse(Map.of());
      } catch (FormulaException e) {
        return Map.of();
      }
    }

    private Map<String, Double> withUnused(Map<String, Double> weights) {
      Map<String, Double> all = new LinkedHashMap<>();
      graders.keySet().forEach(name -> all.put(name, weights.getOrDefault(name, 0.0)));
      return all;
    }

    @Override
    public String type() {
      return "multi";
    }

    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.multi(this);
    }
  }

  /**
   * One message to a model.
   *
   * @param role {@code user}, {@code assistant}, {@code system} or {@code developer}
   * @param content a template, or one part or a list of parts that hold templates
   * @param typed whether it names its type
   */
  record Turn(String role, JsonNode content, boolean typed) {
    static final List<String> ROLES = List.of("user", "assistant", "system", "developer");

    public Turn {
      content = content.deepCopy();
    }
  }

  /** Returns the six types in the order of the documentation. */
  static List<String> types() {
    return List.of(
        "string_check", "text_similarity", "score_model", "label_model", "python", "multi");
  }
}
