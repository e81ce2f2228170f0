package rft.gguf;

import java.nio.file.Path;

/** Says why a file is not read. */
record Refusal(Path file) {
  private static final int SHOWN = 100;

  /** Returns an exception whose message begins with the file. */
  IllegalArgumentException of(String reason) {
    return new IllegalArgumentException(file + " " + reason);
  }

  /** Returns the exception for a file that ends before what it announces. */
  IllegalArgumentException truncated(String what) {
    return of("is truncated or damaged: " + what + "; fetch it again");
  }

  /** Returns text of unknown origin as a message may show it: short, without control characters. */
  static String shown(String text) {
    String visible = text.replaceAll("\\p{Cntrl}", "?");
    return visible.length() <= SHOWN ? visible : visible.substring(0, SHOWN) + "...";
  }
}
