package rft.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A terminal in memory, and what was printed on it. */
final class Screenshot {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal;

  Screenshot(Terminal.Screen screen) {
    terminal = new Terminal(stream(out), stream(err), screen);
  }

  /** Returns a terminal that is a file. */
  static Screenshot plain() {
    return new Screenshot(Terminal.Screen.NONE);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  Terminal terminal() {
    return terminal;
  }

  Shell shell() {
    return new Shell(terminal, new Interruption(terminal));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
