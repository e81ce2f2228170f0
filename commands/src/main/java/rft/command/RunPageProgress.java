package rft.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import rft.run.RunHome;

/**
 * Opens the page of a run when it begins. The workbench is started as soon as this is made, beside
 * whatever comes before the run. A page that cannot be opened never fails the run.
 */
final class RunPageProgress implements Progress {
  private static final long PATIENCE_SECONDS = 30;

  private final Progress listener;
  private final Browser browser;
  private final CompletableFuture<Started> workbench = new CompletableFuture<>();

  /**
   * @param browser to open the page with, where it has a display
   */
  RunPageProgress(Progress listener, RunHome home, Browser browser) {
    this.listener = listener;
    this.browser = browser;
    Thread starter = new Thread(() -> start(home), "workbench start");
    starter.setDaemon(true);
    starter.start();
  }

  private record Started(WorkbenchProcess workbench, boolean fresh) {}

  private void start(RunHome home) {
    try {
      boolean fresh = WorkbenchProcess.running(home).isEmpty();
      workbench.complete(
          new Started(WorkbenchProcess.require(home, List.of(), listener::stopRequested), fresh));
    } catch (IOException | InterruptedException | RuntimeException e) {
      workbench.completeExceptionally(e);
    }
  }

  @Override
  public void runStarted(String run, int steps) {
    try {
      Started started = workbench.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String path = "/runs/" + run;
      listener.say("The run is at " + started.workbench().link(path));
      if (started.fresh()) {
        listener.say("The workbench stays when the run has ended; 'rft workbench --stop' ends it.");
      }
      if (browser.hasDisplay()) {
        browser.open(started.workbench().link(path));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      listener.say("The page is not open: " + cause.getMessage());
    } catch (TimeoutException e) {
      listener.say("The workbench is not up yet; 'rft workbench' says later where the run is.");
    } catch (IOException | CommandException e) {
      listener.say("The page is not open: " + e.getMessage());
    }
    listener.runStarted(run, steps);
  }

  @Override
  public void report(Update update) {
    listener.report(update);
  }

  @Override
  public void say(String sentence) {
    listener.say(sentence);
  }

  @Override
  public boolean stopRequested() {
    return listener.stopRequested();
  }

  @Override
  public void stepFinished(Step step) {
    listener.stepFinished(step);
  }

  @Override
  public void soFar(Result result) {
    listener.soFar(result);
  }
}
