package rft.cli;

import java.io.IOException;
import java.util.List;
import rft.command.ExitCode;

/** The rft command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws IOException {
    if (args.length == 1 && args[0].equals(Rehearsal.FLAG)) {
      Rehearsal.run();
      return;
    }
    Terminal terminal = Terminal.ofProcess();
    // A reward of the user's may print: standard output is for the result alone.
    System.setOut(System.err);
    Interruption interruption = new Interruption(terminal);
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::stopAndWait, "rft-stop"));
    ExitCode exitCode = new Shell(terminal, interruption).run(List.of(args));
    terminal.flush();
    interruption.finished();
    System.exit(exitCode.number());
  }
}
