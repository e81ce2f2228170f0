package rft.reward;

/** A method that cannot be a reward or a part of one. */
final class UnfitMethodException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String method;

  UnfitMethodException(String method, String message) {
    super(method + "(..): " + message);
    this.method = method;
  }

  /** Returns the method's name. */
  String method() {
    return method;
  }
}
