package rft.cell;

import java.util.List;

/** A cell failed; ready to be shown to the user. */
public final class CellError extends Exception {
  private static final long serialVersionUID = 1L;

  private final String errorName;
  private final transient List<String> traceback;

  /**
   * @param errorName short type, for example {@code CompileError}, {@code ArithmeticException} or
   *     {@code Interrupted}
   * @param message one sentence, may be empty
   * @param traceback what the user reads, line by line; may hold ANSI colours that are legible on
   *     dark and light
   */
  public CellError(String errorName, String message, List<String> traceback) {
    super(message);
    this.errorName = errorName;
    this.traceback = List.copyOf(traceback);
  }

  /** Returns the short type of the error. */
  public String errorName() {
    return errorName;
  }

  /** Returns what the user reads, line by line. */
  public List<String> traceback() {
    return traceback;
  }

  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }
}
