package rft.run;

/** Another trainer works on the run; the message names it. */
public final class RunInUseException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  RunInUseException(String sentence) {
    super(sentence);
  }
}
