package rft.run;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file of a run is not what was written: cut off, changed, or missing. */
public final class DamagedRunException extends IOException {
  private static final long serialVersionUID = 1;

  private final String sentence;

  DamagedRunException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.sentence = sentence;
  }

  @Override
  public String getMessage() {
    return sentence;
  }
}
