package rft.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rft.reward.Failure;
import rft.reward.Verdict;

/** Reads replies by the rules of the service's own checker, and matches them to what was asked. */
final class ReplyReader {
  static final String ABSTAIN = "ABSTAIN";

  private final List<String> asked;

  /**
   * @param asked the ids of the event, in order
   */
  ReplyReader(List<String> asked) {
    this.asked = asked;
  }

  List<Verdict> read(String json) {
    try {
      return verdicts(ContractJson.read("the reward's reply", json));
    } catch (LambdaException e) {
      return all(e.kind(), String.valueOf(e.getMessage()));
    }
  }

  private List<Verdict> verdicts(JsonNode reply) {
    if (reply.isObject()) {
      if (reply.has(LambdaReply.ERROR_TYPE) || reply.has(LambdaReply.ERROR_MESSAGE)) {
        return failed(reply);
      }
      if (reply.has("statusCode") || reply.has("body")) {
        return all(
            Failure.Kind.UNREADABLE,
            "the reply is wrapped in statusCode and body: return the list of results itself");
      }
      return matched(List.of(reply));
    }
    if (!reply.isArray()) {
      return all(
          Failure.Kind.UNREADABLE,
          "the reply is " + ContractJson.kind(reply) + ", not an array of results");
    }
    List<JsonNode> results = new ArrayList<>(reply.size());
    reply.forEach(results::add);
    return matched(results);
  }

  /** Returns the failures of a batch that failed; from this product, what it knows of each. */
  private List<Verdict> failed(JsonNode reply) {
    String type = reply.path(LambdaReply.ERROR_TYPE).asText();
    JsonNode results = reply.path(LambdaReply.RESULTS);
    JsonNode failures = reply.path(LambdaReply.FAILURES);
    if (type.equals(LambdaReply.NO_SCORE) && results.isArray() && failures.isArray()) {
      List<JsonNode> both = new ArrayList<>();
      results.forEach(both::add);
      failures.forEach(both::add);
      return matched(both);
    }
    String message = reply.path(LambdaReply.ERROR_MESSAGE).asText();
    return all(
        kind(type, Failure.Kind.EXCEPTION),
        "the reward failed on the whole batch"
            + (type.isEmpty() ? "" : ", " + ContractJson.shortened(type))
            + (message.isEmpty() ? "" : ": " + ContractJson.shortened(message)));
  }

  static Failure.Kind kind(String name, Failure.Kind otherwise) {
    for (Failure.Kind kind : Failure.Kind.values()) {
      if (kind.name().equals(name)) {
        return kind;
      }
    }
    return otherwise;
  }

  private List<Verdict> matched(List<JsonNode> results) {
    if (results.size() > asked.size()) {
      return all(
          Failure.Kind.WRONG_COUNT,
          "the reply has " + results.size() + " results for " + asked.size() + " rollouts");
    }
    Map<String, List<JsonNode>> byId = new HashMap<>();
    for (JsonNode result : results) {
      byId.computeIfAbsent(idOf(result), id -> new ArrayList<>()).add(result);
    }
    Set<String> strange = new HashSet<>(byId.keySet());
    asked.forEach(strange::remove);
    boolean oneEach = new HashSet<>(asked).size() == asked.size();
    List<Verdict> verdicts = new ArrayList<>(asked.size());
    for (int i = 0; i < asked.size(); i++) {
      List<JsonNode> mine = byId.getOrDefault(asked.get(i), List.of());
      verdicts.add(
          oneEach
              ? only(asked.get(i), mine, results.size(), strange)
              : inOrder(asked.get(i), i, results));
    }
    return verdicts;
  }

  private Verdict only(String id, List<JsonNode> mine, int results, Set<String> strange) {
    if (mine.size() == 1) {
      return ReplyResult.verdict(mine.get(0));
    }
    if (!mine.isEmpty()) {
      return new Failure(
          Failure.Kind.WRONG_ID, "the reply has " + mine.size() + " results with the id " + id);
    }
    if (strange.isEmpty()) {
      return new Failure(
          Failure.Kind.WRONG_COUNT,
          "the reply has "
              + results
              + " results for "
              + asked.size()
              + " rollouts, none for "
              + id);
    }
    return new Failure(
        Failure.Kind.WRONG_ID,
        "the reply has no result for "
            + id
            + ", but some that were not asked for: "
            + list(strange));
  }

  /** Returns the verdict of an event that names several rollouts alike: by place. */
  private Verdict inOrder(String id, int place, List<JsonNode> results) {
    if (results.size() != asked.size()) {
      return new Failure(
          Failure.Kind.WRONG_COUNT,
          "the reply has " + results.size() + " results for " + asked.size() + " rollouts");
    }
    String given = idOf(results.get(place));
    return id.equals(given)
        ? ReplyResult.verdict(results.get(place))
        : new Failure(
            Failure.Kind.WRONG_ID,
            "result " + (place + 1) + " of the reply has the id " + given + " instead of " + id);
  }

  private static String list(Set<String> ids) {
    return ids.stream()
        .sorted()
        .limit(3)
        .map(id -> "\"" + ContractJson.shortened(id) + "\"")
        .collect(Collectors.joining(", "));
  }

  /** Returns the id of a result; without one, a word that says so. */
  private static String idOf(JsonNode result) {
    JsonNode id = result.path(EventField.ID);
    return id.isTextual() || id.isNumber() ? id.asText() : "(no id)";
  }

  private List<Verdict> all(Failure.Kind kind, @Nullable String detail) {
    return Collections.nCopies(asked.size(), new Failure(kind, String.valueOf(detail)));
  }
}
