package rft.workbench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import rft.command.Browser;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Progress;
import rft.command.Verb;
import rft.command.WorkbenchOpened;
import rft.command.WorkbenchProcess;
import rft.run.RunHome;

/**
 * Runs the workbench of this RFT_HOME until it is interrupted, or says where it runs already. Only
 * a process that serves loads the web server; a notebook's kernel has none and starts one that has.
 */
@Command(
    name = "workbench",
    description = "Open the page with runs, jobs and models.",
    footer = {"  rft workbench --open", "  rft workbench --background --port 8080"})
public final class OpenWorkbench implements Verb<WorkbenchOpened> {
  /** The first port that is tried where none is given. */
  static final int FIRST_PORT = 4713;

  private static final String LOOPBACK = "127.0.0.1";

  @Option(
      names = "--host",
      paramLabel = "H",
      description = "Address to listen on (default ${DEFAULT-VALUE}); another needs --i-know.")
  private String host = LOOPBACK;

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Port, 0 for any (default: the first free one from " + FIRST_PORT + " on).")
  private int port = -1;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description = "Another name it is called by, for example that of a proxy; may be repeated.")
  private List<String> allowedHosts = new ArrayList<>();

  @Option(
      names = "--i-know",
      description = "Let other machines reach --host, with nothing encrypted on the way.")
  private boolean isKnown;

  @Option(names = "--open", description = "Open it in the browser.")
  private boolean open;

  @Option(names = "--background", description = "Start it as a process of its own, and return.")
  private boolean background;

  @Option(names = "--stop", description = "End the one that runs; trainings go on.")
  private boolean stop;

  @Option(names = "--unattended", hidden = true, description = "Say no address: nobody reads it.")
  private boolean unattended;

  /** For picocli, which sets the options. */
  public OpenWorkbench() {}

  @Override
  public void inNotebook() {
    background = true;
  }

  @Override
  public String stopping() {
    return "Stopping: the page and deployed models end, trainings go on.";
  }

  @Override
  public WorkbenchOpened run(Progress progress) throws IOException, InterruptedException {
    if (port > 65_535 || port < -1) {
      throw new CommandException(ExitCode.USAGE, "--port must be from 0 to 65535");
    }
    RunHome home = RunHome.standard();
    Optional<WorkbenchProcess> running = WorkbenchProcess.running(home);
    if (stop) {
      if (running.isPresent()) {
        running.get().stop();
      }
      return running.isPresent() ? WorkbenchOpened.ended() : WorkbenchOpened.none();
    }
    if (running.isEmpty() && !background) {
      return new AttendedWorkbench(home, host, port, allowedHosts, isKnown, !unattended, open)
          .run(progress);
    }
    if (running.isPresent() && !options().isEmpty()) {
      progress.say(
          "A workbench runs already, and stays as it was started: rft workbench --stop ends it.");
    }
    return there(WorkbenchProcess.require(home, options(), progress::stopRequested), progress);
  }

  private WorkbenchOpened there(WorkbenchProcess workbench, Progress progress)
      throws IOException, InterruptedException {
    if (open && !Browser.ofProcess().open(workbench.link("/"))) {
      progress.say("There is no browser to open here.");
    }
    return WorkbenchOpened.running(workbench, workbench.link("/"));
  }

  private List<String> options() {
    List<String> options = new ArrayList<>();
    if (!host.equals(LOOPBACK)) {
      options.add("--host=" + host);
    }
    if (port >= 0) {
      options.add("--port=" + port);
    }
    allowedHosts.forEach(name -> options.add("--allow-host=" + name));
    if (isKnown) {
      options.add("--i-know");
    }
    return options;
  }
}
