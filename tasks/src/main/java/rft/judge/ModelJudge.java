package rft.judge;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rft.dataset.Message;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.GroupReward;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Has a model judge each answer on its own: a number on a declared scale, or one for each
 * criterion. Equal answers of a group are judged once. What the judge does not answer as asked is a
 * failure with its kind, never a number.
 */
public final class ModelJudge implements GroupReward {
  private final Judge judge;
  private final PromptTemplate prompt;
  private final Scale scale;
  private final List<Criterion> criteria;
  private final double weights;

  ModelJudge(Judge judge, PromptTemplate prompt, Scale scale, List<Criterion> criteria) {
    this.judge = judge;
    this.prompt = prompt;
    this.scale = scale;
    this.criteria = List.copyOf(criteria);
    this.weights = criteria.stream().mapToDouble(Criterion::weight).sum();
    if (!criteria.isEmpty() && weights == 0) {
      throw new IllegalArgumentException(
          "every criterion has the weight 0, so no answer earns anything");
    }
    long names = criteria.stream().map(Criterion::name).distinct().count();
    if (names != criteria.size()) {
      throw new IllegalArgumentException("two criteria have the same name: rename one");
    }
  }

  /**
   * One judgement with all that was said.
   *
   * @param asked the messages sent; empty if none could be made
   * @param reply what came back; null if nothing did
   * @param verdict what became of it
   * @param usage tokens and cost
   * @param latency wall time
   */
  public record Trace(
      List<Message> asked,
      @Nullable String reply,
      Verdict verdict,
      ChatReply.Usage usage,
      Duration latency) {}

  @Override
  public List<Verdict> score(Task task, List<Completion> group) {
    DistinctAnswers answers = DistinctAnswers.of(group);
    List<Callable<Verdict>> calls = new ArrayList<>();
    answers.texts().forEach(text -> calls.add(() -> trace(task, text).verdict()));
    return answers.spread(group, Parallel.all(calls));
  }

  /** Returns the verdict on one completion. */
  public Verdict score(Task task, Completion completion) {
    return score(task, List.of(completion)).get(0);
  }

  /**
   * Returns the verdict on one completion, what was asked and what was replied.
   *
   * @throws InterruptedException if the caller is interrupted while it waits
   */
  public Trace trace(Task task, String completion) throws InterruptedException {
    long start = System.nanoTime();
    List<Message> asked = List.of();
    ChatReply reply = null;
    Verdict verdict;
    try {
      Map<String, String> values = Placeholders.of(task);
      values.put(Placeholders.COMPLETION, completion);
      Question question = Question.of(judge, prompt.fill(task.id(), values), form());
      asked = question.messages();
      reply = question.ask();
      verdict = read(Reply.of(reply.text()), reply.usage().costUsd());
    } catch (ChatException e) {
      verdict = e.asFailure(reply);
    }
    return new Trace(
        asked,
        reply == null ? null : reply.text(),
        verdict,
        reply == null ? ChatReply.Usage.NONE : reply.usage(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private String form() {
    if (criteria.isEmpty()) {
      return "Reply with one JSON object and nothing else, the reason first:\n"
          + "{\"reason\": \"one or two sentences\", \"score\": a number "
          + scale.words()
          + "}";
    }
    String list =
        criteria.stream()
            .map(criterion -> "- " + criterion.name() + ": " + criterion.meaning().strip())
            .collect(Collectors.joining("\n"));
    String fields =
        criteria.stream()
            .map(criterion -> "\"" + criterion.name() + "\": number")
            .collect(Collectors.joining(", "));
    return "Give each of these a number of its own, "
        + scale.words()
        + ":\n"
        + list
        + "\n\nReply with one JSON object and nothing else, the reason first:\n"
        + "{\"reason\": \"one or two sentences\", \"scores\": {"
        + fields
        + "}}";
  }

  private Verdict read(Reply reply, double costUsd) throws ChatException {
    String reason = reply.reason();
    if (criteria.isEmpty()) {
      double value = reply.number(reply.json(), "score", scale);
      return new Score(value, Map.of(), reason, costUsd);
    }
    JsonNode scores = reply.json().path("scores");
    Map<String, Double> parts = new LinkedHashMap<>();
    double sum = 0;
    for (Criterion criterion : criteria) {
      double value = reply.number(scores, criterion.name(), scale);
      parts.put(criterion.name(), value);
      sum += criterion.weight() * value;
    }
    return new Score(sum / weights, parts, reason, costUsd);
  }
}
