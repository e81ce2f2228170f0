package rft.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import rft.command.Progress;

/** Lines of standard input, in UTF-8; a person gets a prompt on standard error for each. */
final class StandardInput implements Progress.Typist {
  private static final String PROMPT = "> ";

  private final BufferedReader lines =
      new BufferedReader(
          new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8));
  private final Terminal terminal;
  private final Interruption interruption;

  StandardInput(Terminal terminal, Interruption interruption) {
    this.terminal = terminal;
    this.interruption = interruption;
  }

  /** Ctrl-C ends the command at once while it waits for a line: nothing is under way. */
  @Override
  public Optional<String> next() throws IOException {
    interruption.waitsForInput();
    if (isPerson()) {
      terminal.prompt(PROMPT);
    }
    Optional<String> line = Optional.ofNullable(lines.readLine());
    if (isPerson() && line.isEmpty()) {
      terminal.prompt("\n");
    }
    return line;
  }

  @Override
  public boolean isPerson() {
    return terminal.screen().inIsScreen();
  }
}
