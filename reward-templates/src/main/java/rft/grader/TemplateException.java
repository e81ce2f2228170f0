package rft.grader;

/** A template with a placeholder that cannot be read; the message names its column. */
final class TemplateException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param column 1-based, in the text of the template
   */
  TemplateException(int column, String message) {
    super(message + ", column " + column + " of the text");
  }
}
