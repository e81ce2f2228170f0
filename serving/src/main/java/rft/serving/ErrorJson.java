package rft.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Writes what went wrong in OpenAI's shape. */
final class ErrorJson {
  private ErrorJson() {}

  static ObjectNode of(ApiException e) {
    return of(e.status(), e.code(), String.valueOf(e.getMessage()), e.param());
  }

  /**
   * Returns an error object.
   *
   * @param param the field at fault, or null
   */
  static ObjectNode of(int status, String code, String message, @Nullable String param) {
    ObjectNode body = Fields.json();
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
