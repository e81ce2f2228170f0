package rft.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rft.dataset.Task;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.RewardFunction;
import rft.reward.Score;
import rft.reward.Verdict;

/**
 * Rewards a completion that calls the tools of the reference with the same arguments.
 *
 * <p>Pays 1 if every call matches by name and arguments, else a little if the names alone do.
 * Arguments are compared as JSON: the order of fields is free, and 3.0 equals 3. Calls are those of
 * the completion itself, or in its text between {@code <tool_call>} tags, or the whole text if it
 * is one call. The reference is one call with {@code name} and {@code arguments}, an array of them,
 * an object with {@code tool_calls} as in OpenAI's format, or an empty array where no tool must be
 * called; a task without one is abstained from.
 *
 * <p>Does not catch what the completion says beside its calls, or whether a text argument means the
 * same in other words.
 */
public final class ToolCallMatch implements RewardFunction {
  /** What the right tools with wrong arguments are worth, 0 to 1. */
  private static final double NAMES_ONLY = 0;

  /** Whether calls must come in the order of the reference. */
  private static final boolean IN_ORDER = true;

  /** Arguments that are not compared, for example {@code request_id}. */
  private static final List<String> IGNORED = List.of();

  private static final String OPEN = "<tool_call>";
  private static final String CLOSE = "</tool_call>";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Makes the reward. */
  public ToolCallMatch() {}

  private record Call(String name, JsonNode arguments) {}

  @Override
  public Verdict score(Task task, Completion completion) {
    JsonNode reference = task.reference();
    JsonNode wanted = reference.isTextual() ? parsed(reference.textValue()) : reference;
    if (!wanted.isContainerNode()) {
      return new Abstain("the reference answer is no tool call");
    }
    List<Call> expected = calls(wanted);
    List<Call> given = calls(completion);
    boolean names = fit(expected, given, false);
    boolean all = names && fit(expected, given, true);
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("names", names ? 1.0 : 0.0);
    parts.put("arguments", all ? 1.0 : 0.0);
    String reason = all ? "right" : names ? "other arguments" : "other calls";
    return new Score(all ? 1 : names ? NAMES_ONLY : 0, parts, reason, 0);
  }

  private static List<Call> calls(Completion completion) {
    List<Call> calls = new ArrayList<>();
    completion
        .toolCalls()
        .forEach(call -> calls.add(new Call(call.name(), parsed(call.arguments()))));
    if (calls.isEmpty()) {
      String text = completion.text();
      int end = 0;
      for (int at = text.indexOf(OPEN); at >= 0 && end >= 0; at = text.indexOf(OPEN, at + 1)) {
        end = text.indexOf(CLOSE, at);
        if (end >= 0) {
          calls.addAll(calls(parsed(text.substring(at + OPEN.length(), end))));
        }
      }
    }
    if (calls.isEmpty()) {
      JsonNode whole = parsed(completion.text());
      calls.addAll(whole.isContainerNode() ? calls(whole) : List.of());
    }
    return calls;
  }

  /** Returns the calls that a JSON value describes, in any of the usual forms. */
  private static List<Call> calls(JsonNode node) {
    if (node.isArray() || node.has("tool_calls")) {
      List<Call> calls = new ArrayList<>();
      (node.isArray() ? node : node.path("tool_calls")).forEach(each -> calls.addAll(calls(each)));
      return calls;
    }
    JsonNode function = node.has("function") ? node.path("function") : node;
    JsonNode arguments =
        function.has("arguments") ? function.path("arguments") : function.path("parameters");
    JsonNode read = arguments.isTextual() ? parsed(arguments.textValue()) : arguments;
    return List.of(
        new Call(
            function.path("name").asText(),
            arguments.isMissingNode() ? JSON.createObjectNode() : read));
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text.isBlank() ? "{}" : text);
    } catch (JsonProcessingException | ArithmeticException e) {
      return MissingNode.getInstance();
    }
  }

  private static boolean fit(List<Call> expected, List<Call> given, boolean withArguments) {
    if (expected.size() != given.size()) {
      return false;
    }
    List<Call> left = new ArrayList<>(given);
    for (Call wanted : expected) {
      int place = -1;
      for (int i = 0; i < (IN_ORDER ? 1 : left.size()) && place < 0; i++) {
        place = fits(wanted, left.get(i), withArguments) ? i : -1;
      }
      if (place < 0) {
        return false;
      }
      left.remove(place);
    }
    return true;
  }

  private static boolean fits(Call wanted, Call given, boolean withArguments) {
    return !wanted.name().isEmpty()
        && wanted.name().equals(given.name())
        && (!withArguments
            || compared(wanted.arguments())
                .equals(ToolCallMatch::compareValues, compared(given.arguments())));
  }

  private static JsonNode compared(JsonNode arguments) {
    return arguments instanceof ObjectNode object ? object.deepCopy().remove(IGNORED) : arguments;
  }

  /** Returns 0 if two values that are neither objects nor arrays are the same. */
  private static int compareValues(JsonNode left, JsonNode right) {
    if (left.isNumber() && right.isNumber()) {
      return left.decimalValue().compareTo(right.decimalValue());
    }
    return left.equals(right) ? 0 : 1;
  }
}
