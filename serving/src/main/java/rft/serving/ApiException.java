package rft.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import rft.web.OpenAiError;

/** A request that is not answered; becomes an error object in OpenAI's shape. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int FAILED = 500;
  private static final int UNAVAILABLE = 503;

  private final int status;
  private final @Nullable String param;
  private final String code;
  private final int retryAfterSeconds;

  private ApiException(
      int status, String message, @Nullable String param, String code, int retryAfterSeconds) {
    super(message);
    this.status = status;
    this.param = param;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** A field has a value that makes no sense here. */
  static ApiException invalid(String param, String message) {
    return new ApiException(BAD_REQUEST, message, param, "invalid_value", 0);
  }

  /** A field asks for what this server does not do. */
  static ApiException unsupported(String param, String message) {
    return new ApiException(BAD_REQUEST, message, param, "unsupported_parameter", 0);
  }

  /** The body as a whole is wrong. */
  static ApiException unreadable(String message) {
    return new ApiException(BAD_REQUEST, message, null, "invalid_json", 0);
  }

  /** The prompt leaves no room for an answer. */
  static ApiException tooLong(String param, String message) {
    return new ApiException(BAD_REQUEST, message, param, "context_length_exceeded", 0);
  }

  /** More is asked for than ever fits. */
  static ApiException tooMany(String message) {
    return new ApiException(BAD_REQUEST, message, "n", "invalid_value", 0);
  }

  static ApiException unknownModel(String message) {
    return new ApiException(NOT_FOUND, message, "model", "model_not_found", 0);
  }

  /** Too much is asked at once. */
  static ApiException busy(String message, int retryAfterSeconds) {
    return new ApiException(TOO_MANY, message, null, "queue_full", retryAfterSeconds);
  }

  /** What was asked for is there, but damaged. */
  static ApiException broken(String message) {
    return new ApiException(FAILED, message, "model", "model_damaged", 0);
  }

  /** The server ends. */
  static ApiException closing() {
    return new ApiException(UNAVAILABLE, "this server is ending", null, "shutting_down", 1);
  }

  /** Returns it as clients know it. */
  ObjectNode json() {
    return OpenAiError.of(status, code, String.valueOf(getMessage()), param);
  }

  int status() {
    return status;
  }

  /** Returns when to try again; 0 if that would not help. */
  int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
