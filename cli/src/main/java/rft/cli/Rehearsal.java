package rft.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the short commands once and prints nothing, so that a JVM that archives the classes it
 * loaded knows those which the next start needs. The launcher calls it after a build.
 */
final class Rehearsal {
  /** The argument that starts it; no verb, and in no help. */
  static final String FLAG = "--rehearse";

  private static final String ROWS =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"1+1\"}],\"reference_answer\":\"2\"}\n{}\n";

  private Rehearsal() {}

  static void run() throws IOException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(nowhere, nowhere, Terminal.Screen.NONE);
    Shell shell = new Shell(terminal, new Interruption(terminal));
    Path file = Files.createTempFile("rft", ".jsonl");
    try {
      Files.writeString(file, ROWS);
      shell.run(List.of("--help"));
      shell.run(List.of("data", "chek"));
      shell.run(List.of("data", "check", "--help"));
      shell.run(List.of("data", "check", file.toString()));
      shell.run(List.of("data", "show", file.toString(), "--json"));
      shell.run(List.of("reward", "test", "exact-match"));
    } finally {
      Files.delete(file);
    }
  }
}
