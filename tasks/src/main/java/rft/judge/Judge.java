package rft.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model that judges, and how it is asked; from here to a reward it is one step:
 *
 * <pre>{@code
 * Judge.standard().scale(0, 10).scores("Is this a polite answer to {{prompt}}? {{completion}}")
 * }</pre>
 *
 * Placeholders are {@code prompt} (the user's text), {@code conversation} (all turns), {@code
 * reference}, and each attribute of the row by its name; {@code {{name?}}} may be missing. What
 * stands for the answers is {@code completion}, {@code first} and {@code second}, or {@code
 * completions}, as the method asks. Every value is put between markers that it cannot forge.
 */
public final class Judge {
  private static final JsonMapper JSON = new JsonMapper();

  private final ChatModel model;
  private final Map<String, JsonNode> parameters;
  private final Scale scale;
  private final List<Criterion> criteria;

  private Judge(
      ChatModel model, Map<String, JsonNode> parameters, Scale scale, List<Criterion> criteria) {
    this.model = model;
    this.parameters = Map.copyOf(parameters);
    this.scale = scale;
    this.criteria = List.copyOf(criteria);
  }

  /**
   * Returns the judge that {@link JudgeSettings} name. Where they name none, all it judges is a
   * failure that says what to set.
   */
  public static Judge standard() {
    JudgeSettings settings = JudgeSettings.current();
    try {
      Map<String, JsonNode> further = settings.parameters();
      Judge judge = of(settings.model());
      for (Map.Entry<String, JsonNode> field : further.entrySet()) {
        judge = judge.with(field.getKey(), field.getValue());
      }
      return judge;
    } catch (IllegalArgumentException e) {
      return of(new JudgeSettings.NoModel(String.valueOf(e.getMessage())));
    }
  }

  /** Returns a model at an address that needs no key, as a judge. */
  public static Judge at(String url, String model) {
    return of(new HttpChatModel(ChatEndpoint.of(url, model, null)));
  }

  /** Returns any model as a judge: at temperature 0, scores from 0 to 1. */
  public static Judge of(ChatModel model) {
    return new Judge(model, Map.of("temperature", IntNode.valueOf(0)), Scale.UNIT, List.of());
  }

  /**
   * Returns the judge with a further field of its requests, for example {@code reasoning_effort}.
   *
   * @param value as JSON or as what JSON can be made of; null to leave the field out
   */
  public Judge with(String field, @Nullable Object value) {
    Map<String, JsonNode> fields = new HashMap<>(parameters);
    JsonNode node = JSON.valueToTree(value);
    if (node == null || node.isNull()) {
      fields.remove(field);
    } else {
      fields.put(field, node);
    }
    return new Judge(model, fields, scale, criteria);
  }

  /** Returns the judge with this scale, which is mapped to rewards from 0 to 1. */
  public Judge scale(double worst, double best) {
    return new Judge(model, parameters, new Scale(worst, best), criteria);
  }

  /**
   * Returns the judge with one more criterion, which gets a number of its own; the reward is their
   * weighted mean.
   *
   * @param name of the part in the score
   * @param weight 0 for a metric: recorded, not rewarded
   * @param meaning what the judge is told of it
   */
  public Judge criterion(String name, double weight, String meaning) {
    List<Criterion> more = new ArrayList<>(criteria);
    more.add(new Criterion(name, weight, meaning));
    return new Judge(model, parameters, scale, more);
  }

  /**
   * Returns the reward that has each answer judged on its own.
   *
   * @param prompt with {@code {{completion}}} where the answer belongs
   * @throws IllegalArgumentException if the answer has no place in it, or all weights are 0
   */
  public ModelJudge scores(String prompt) {
    return new ModelJudge(
        this, PromptTemplate.showing(prompt, Placeholders.COMPLETION), scale, criteria);
  }

  /**
   * Returns the reward that compares each answer with every other of its group, in both orders, and
   * pays the share of comparisons it wins; a tie counts half.
   *
   * @param prompt with {@code {{first}}} and {@code {{second}}} where the answers belong
   * @throws IllegalArgumentException if an answer has no place in it, or there are criteria
   */
  public PairwiseJudge compares(String prompt) {
    requireNoCriteria("pairs");
    return new PairwiseJudge(
        this,
        PromptTemplate.showing(prompt, Placeholders.FIRST, Placeholders.SECOND),
        PairwiseJudge.Against.GROUP);
  }

  /** Returns the reward that compares each answer with the reference, in both orders. */
  public PairwiseJudge comparesWithReference(String prompt) {
    requireNoCriteria("pairs");
    return new PairwiseJudge(
        this,
        PromptTemplate.showing(prompt, Placeholders.FIRST, Placeholders.SECOND),
        PairwiseJudge.Against.REFERENCE);
  }

  /**
   * Returns the reward that has a whole group put in order by one question: 1 for the best, 0 for
   * the last, evenly between.
   *
   * @param prompt with {@code {{completions}}} where the answers belong
   * @throws IllegalArgumentException if the answers have no place in it, or there are criteria
   */
  public RankingJudge ranks(String prompt) {
    requireNoCriteria("an order");
    return new RankingJudge(this, PromptTemplate.showing(prompt, Placeholders.COMPLETIONS));
  }

  private void requireNoCriteria(String what) {
    if (!criteria.isEmpty()) {
      throw new IllegalArgumentException(
          "criteria belong to scores: say in the prompt what " + what + " should be judged by");
    }
  }

  /** Returns the model that judges. */
  public ChatModel model() {
    return model;
  }

  /** Returns the further fields of its requests. */
  Map<String, JsonNode> parameters() {
    return parameters;
  }
}
