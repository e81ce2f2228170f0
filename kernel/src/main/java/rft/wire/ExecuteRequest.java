package rft.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a front-end asks a kernel to run.
 *
 * @param code the cell
 * @param silent leave no trace: no output, no result, no history, no number
 * @param storeHistory count the cell and remember it
 * @param userExpressions evaluated after the cell, by name
 * @param allowStdin whether the cell may ask the user for a line
 * @param stopOnError whether cells that wait behind this one are given up if it fails
 */
public record ExecuteRequest(
    String code,
    boolean silent,
    boolean storeHistory,
    Map<String, String> userExpressions,
    boolean allowStdin,
    boolean stopOnError) {
  public ExecuteRequest {
    userExpressions = Map.copyOf(userExpressions);
    // The protocol says so, whatever a front-end sends.
    storeHistory = storeHistory && !silent;
  }

  /** Returns what a notebook sends for a cell, without input. */
  public static ExecuteRequest of(String code) {
    return new ExecuteRequest(code, false, true, Map.of(), false, true);
  }

  /** Reads the content of an {@code execute_request}; what is missing has its default. */
  public static ExecuteRequest read(ObjectNode content) {
    boolean silent = content.path("silent").asBoolean(false);
    Map<String, String> expressions = new LinkedHashMap<>();
    content
        .path("user_expressions")
        .properties()
        .forEach(each -> expressions.put(each.getKey(), each.getValue().asText()));
    return new ExecuteRequest(
        content.path("code").asText(""),
        silent,
        content.path("store_history").asBoolean(!silent),
        expressions,
        content.path("allow_stdin").asBoolean(true),
        content.path("stop_on_error").asBoolean(true));
  }

  /** Returns the content of an {@code execute_request}. */
  public ObjectNode content() {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    content.put("code", code).put("silent", silent).put("store_history", storeHistory);
    userExpressions.forEach(content.putObject("user_expressions")::put);
    content.put("allow_stdin", allowStdin).put("stop_on_error", stopOnError);
    return content;
  }

  /** Returns the same without any trace. */
  public ExecuteRequest silently() {
    return new ExecuteRequest(code, true, false, userExpressions, allowStdin, stopOnError);
  }

  /** Returns the same without a number and an entry of the history. */
  public ExecuteRequest withoutHistory() {
    return new ExecuteRequest(code, silent, false, userExpressions, allowStdin, stopOnError);
  }

  /** Returns the same with values to be computed after the cell. */
  public ExecuteRequest withExpressions(Map<String, String> expressions) {
    return new ExecuteRequest(code, silent, storeHistory, expressions, allowStdin, stopOnError);
  }

  /** Returns the same, with a user who can answer. */
  public ExecuteRequest withInput() {
    return new ExecuteRequest(code, silent, storeHistory, userExpressions, true, stopOnError);
  }

  /** Returns the same, but waiting cells run even if this one fails. */
  public ExecuteRequest withoutStop() {
    return new ExecuteRequest(code, silent, storeHistory, userExpressions, allowStdin, false);
  }
}
