package rft.web;

import java.util.Map;

/** The shape in which a server says what went wrong. */
@FunctionalInterface
public interface ErrorFormat {
  /** {@code {"error": {"message": .., "code": ..}}}. */
  ErrorFormat PLAIN =
      (status, code, message) -> Map.of("error", Map.of("message", message, "code", code));

  /** {@link OpenAiError}, without a field at fault. */
  ErrorFormat OPEN_AI = (status, code, message) -> OpenAiError.of(status, code, message, null);

  /** Returns the one of an address: below {@code /v1/} are OpenAI's clients on every server. */
  default ErrorFormat at(String path) {
    return path.startsWith("/v1/") ? OPEN_AI : this;
  }

  /**
   * Returns what is sent as JSON.
   *
   * @param status of the answer
   * @param code a word for programs, for example {@code not_found}
   * @param message a sentence for people
   */
  Object body(int status, String code, String message);
}
