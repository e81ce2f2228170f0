package rft.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What went wrong, in the shape that clients of the OpenAI API know. */
public final class OpenAiError {
  private OpenAiError() {}

  /**
   * Returns {@code {"error": {"message": .., "type": .., "param": .., "code": ..}}}.
   *
   * @param status of the answer, which gives the type
   * @param code a word for programs, for example {@code model_not_found}
   * @param message a sentence for people
   * @param param the field at fault, or null
   */
  public static ObjectNode of(int status, String code, String message, @Nullable String param) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error")
        .put("message", message)
        .put("type", type(status))
        .put("param", param)
        .put("code", code);
    return body;
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 429 -> "rate_limit_error";
      default -> status < 500 ? "invalid_request_error" : "server_error";
    };
  }
}
