package rft.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import rft.run.PrintableText;

/**
 * Where the command prints: results to standard output, everything else to standard error, both in
 * UTF-8. Text is escaped on its way out.
 */
final class Terminal {
  private static final int STANDARD_WIDTH = 80;

  private final PrintStream out;
  private final PrintStream err;
  private final Screen screen;

  /**
   * What the launcher saw of the three streams.
   *
   * @param inIsScreen whether a person types standard input
   * @param outIsScreen whether a person sees standard output
   * @param errIsScreen whether a person sees standard error
   * @param colors whether escape sequences are welcome
   * @param width columns
   */
  record Screen(
      boolean inIsScreen, boolean outIsScreen, boolean errIsScreen, boolean colors, int width) {
    /** A file, or another program. */
    static final Screen NONE = new Screen(false, false, false, false, STANDARD_WIDTH);

    /**
     * Returns what the launcher passed in system properties.
     *
     * @see <a href="https://no-color.org">NO_COLOR</a>
     */
    static Screen of(Map<String, String> variables, String terminals, int width) {
      boolean colors =
          variables.getOrDefault("NO_COLOR", "").isEmpty()
              && !variables.getOrDefault("TERM", "").equals("dumb");
      return new Screen(
          terminals.contains("in"),
          terminals.contains("out"),
          terminals.contains("err"),
          colors,
          width < 40 ? STANDARD_WIDTH : width);
    }
  }

  Terminal(PrintStream out, PrintStream err, Screen screen) {
    this.out = out;
    this.err = err;
    this.screen = screen;
  }

  static Terminal ofProcess() {
    Screen screen =
        Screen.of(
            System.getenv(),
            System.getProperty("rft.terminals", typing()),
            Integer.getInteger("rft.columns", STANDARD_WIDTH));
    return new Terminal(stream(FileDescriptor.out), stream(FileDescriptor.err), screen);
  }

  /** Where the launcher cannot see it, on Windows, it asks for the console of Java 21. */
  @SuppressWarnings("SystemConsoleNull")
  private static String typing() {
    return System.console() == null ? "" : "in";
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  void print(Line line) {
    out.println(line.render(colored()));
  }

  void line(String text) {
    print(Line.of(text));
  }

  /** Prints a line that is already rendered. */
  void print(String rendered) {
    out.println(rendered);
  }

  /** Prints a text of several lines, each line after an indent. */
  void block(String indent, String text) {
    PrintableText.block(text).lines().forEach(line -> out.println(indent + line));
  }

  void error(Line line) {
    error("", line);
  }

  /** Prints a line in one write, after an escape sequence of our own. */
  void error(String sequence, Line line) {
    err.print(sequence + line.render(screen.errIsScreen() && screen.colors()) + "\n");
  }

  /** Prints the start of a line that a person ends. */
  void prompt(String text) {
    err.print(text);
    err.flush();
  }

  void error(Throwable trace) {
    trace.printStackTrace(err);
  }

  /** Returns whether results may be coloured. */
  boolean colored() {
    return screen.outIsScreen() && screen.colors();
  }

  /** Returns standard output, for help texts, which hold nothing of the user's. */
  PrintStream outForHelp() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  Screen screen() {
    return screen;
  }

  void flush() {
    out.flush();
    err.flush();
  }
}
