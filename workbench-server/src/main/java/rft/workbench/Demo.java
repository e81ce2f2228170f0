package rft.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import rft.command.Browser;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Installation;
import rft.command.Progress;
import rft.command.Verb;
import rft.command.WorkbenchOpened;
import rft.demo.Replay;
import rft.run.DurableFile;
import rft.run.RunHome;
import rft.web.ServerAddress;

/** The page on recorded runs, which are written again as if they were training now. */
@Command(
    name = "demo",
    description = "Open the page on three recorded runs, with a tour.",
    footer = "  rft demo --open --speed 20")
public final class Demo implements Verb<WorkbenchOpened> {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int PORTS = 100;
  private static final int POLL_MILLIS = 100;

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = "Seconds of the recording in one, 1 to 50 (default ${DEFAULT-VALUE}).")
  private int speed = 5;

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Port, 0 for any (default: the first free one from 4713 on).")
  private int port = -1;

  @Option(names = "--open", description = "Open it in the browser.")
  private boolean open;

  /** For picocli, which sets the options. */
  public Demo() {}

  @Override
  public WorkbenchOpened run(Progress progress) throws IOException, InterruptedException {
    if (port > 65_535 || port < -1) {
      throw new CommandException(ExitCode.USAGE, "--port must be from 0 to 65535");
    }
    Path recorded = Installation.current().root().resolve("datasets/demo/runs");
    if (!Files.isDirectory(recorded)) {
      throw new CommandException(
          ExitCode.NOT_FOUND, "there are no recorded runs in " + recorded + "; get them with rft");
    }
    RunHome home = new RunHome(Files.createTempDirectory("rft-demo"));
    try (Replay replay = Replay.start(recorded, home, speed);
        Workbench workbench = Workbench.demo(home, address(), replay)) {
      progress.say("The demo is at " + workbench.link());
      progress.say("Ctrl-C ends it; nothing of it is kept.");
      if (open && !Browser.ofProcess().open(workbench.link())) {
        progress.say("There is no browser to open here.");
      }
      while (!progress.stopRequested()) {
        Thread.sleep(POLL_MILLIS);
      }
    } finally {
      DurableFile.deleteTree(home.root());
    }
    return WorkbenchOpened.ended();
  }

  private ServerAddress address() {
    return port < 0
        ? new ServerAddress(LOOPBACK, OpenWorkbench.FIRST_PORT, PORTS, List.of(), false)
        : new ServerAddress(LOOPBACK, port, 1, List.of(), false);
  }
}
