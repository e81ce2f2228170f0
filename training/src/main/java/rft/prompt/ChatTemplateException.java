package rft.prompt;

/** A chat template that cannot be read or rendered, or that refuses a conversation. */
public final class ChatTemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ChatTemplateException(String message, Throwable cause) {
    super(message, cause);
  }
}
