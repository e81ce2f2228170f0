package rft.prompt;

/**
 * A chat template that cannot be read or rendered, or that refuses a conversation: whatever else is
 * wrong with a model is an {@link IllegalArgumentException}, too.
 */
public final class ChatTemplateException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  ChatTemplateException(String message, Throwable cause) {
    super(message, cause);
  }
}
