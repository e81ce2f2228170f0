package rft.grader;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.judge.ChatReply;
import rft.reward.Failure;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * What a grader says of one answer.
 *
 * @param name of the grader
 * @param type of the grader
 * @param reward what the service would pay: 0 where something went wrong, or what the formula makes
 *     of parts that count 0
 * @param subRewards of a multi, by name
 * @param errors what went wrong, in order; empty if nothing did
 * @param usage tokens of each model that was asked
 * @param sampledModel the model that was asked last; null if none was
 * @param reason what the model said to its score; null if none was asked
 * @param seconds it took
 */
public record GraderAnswer(
    String name,
    String type,
    double reward,
    Map<String, Double> subRewards,
    List<Trouble> errors,
    Map<String, ChatReply.Usage> usage,
    @Nullable String sampledModel,
    @Nullable String reason,
    double seconds) {
  public GraderAnswer {
    subRewards = Collections.unmodifiableMap(new LinkedHashMap<>(subRewards));
    errors = List.copyOf(errors);
    usage = Collections.unmodifiableMap(new LinkedHashMap<>(usage));
  }

  /**
   * One thing that went wrong.
   *
   * @param error its flag
   * @param kind the same as a failure of a reward
   * @param detail one sentence, which begins with the part of a multi that it is about
   */
  public record Trouble(GraderError error, Failure.Kind kind, String detail) {}

  /**
   * Returns this as the verdict of a reward: where something went wrong it is a failure, and what
   * it costs the answer is the run's failure policy; it is never the 0 that {@link #reward} is
   * then.
   */
  public Verdict verdict() {
    double costUsd = usage.values().stream().mapToDouble(ChatReply.Usage::costUsd).sum();
    if (!errors.isEmpty()) {
      Trouble first = errors.get(0);
      return new Failure(first.kind(), first.detail(), costUsd);
    }
    if (Math.abs(reward) > Score.LIMIT) {
      return new Failure(
          Failure.Kind.OUT_OF_RANGE,
          "the grader gave " + reward + ", beyond +-" + Score.LIMIT + ": scale it",
          costUsd);
    }
    return new Score(reward, subRewards, reason, costUsd);
  }

  /** Returns this in the exact shape of the service's answer. */
  public ObjectNode toJson() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("reward", reward);
    ObjectNode metadata = answer.putObject("metadata").put("name", name).put("type", type);
    metadata.put("execution_time", seconds).putObject("scores");
    ChatReply.Usage all =
        usage.values().stream().reduce(ChatReply.Usage.NONE, ChatReply.Usage::plus);
    metadata.set("token_usage", usage.isEmpty() ? null : tokens(all));
    metadata.put("sampled_model_name", sampledModel);
    metadata.set("errors", flags());
    ObjectNode parts = answer.putObject("sub_rewards");
    subRewards.forEach(parts::put);
    ObjectNode models = answer.putObject("model_grader_token_usage_per_model");
    usage.forEach((model, tokens) -> models.set(model, tokens(tokens)));
    return answer;
  }

  private ObjectNode flags() {
    ObjectNode flags = JsonNodeFactory.instance.objectNode();
    for (GraderError flag : GraderError.values()) {
      Optional<Trouble> found = errors.stream().filter(one -> one.error() == flag).findFirst();
      flags.put(flag.jsonName(), found.isPresent());
      String detail = flag.detailName();
      if (detail != null) {
        flags.put(detail, found.map(Trouble::detail).orElse(null));
      }
    }
    return flags;
  }

  private static ObjectNode tokens(ChatReply.Usage usage) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("prompt_tokens", usage.promptTokens())
        .put("completion_tokens", usage.completionTokens())
        .put("total_tokens", usage.promptTokens() + usage.completionTokens())
        .put("cached_tokens", usage.cachedTokens());
  }
}
