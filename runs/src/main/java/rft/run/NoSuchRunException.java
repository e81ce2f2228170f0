package rft.run;

/** There is no run of that name; the message names the nearest. */
public final class NoSuchRunException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  NoSuchRunException(String sentence) {
    super(sentence);
  }
}
