package rft.workbench;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import rft.demo.DemoRoutes;
import rft.demo.Replay;
import rft.job.JobRoutes;
import rft.live.HealthRoutes;
import rft.live.LiveRuns;
import rft.live.LiveStream;
import rft.live.Refusals;
import rft.live.RolloutRoutes;
import rft.live.RunLog;
import rft.playground.Playground;
import rft.run.RunHome;
import rft.run.WorkbenchNote;
import rft.web.AccessToken;
import rft.web.AuditLog;
import rft.web.LocalServer;
import rft.web.Routes;
import rft.web.ServerAddress;
import rft.web.ServerSettings;

/** A running workbench. This is the one place that wires it. */
public final class Workbench implements AutoCloseable {
  private final LocalServer server;
  private final List<Closeable> before;
  private final List<Closeable> after;

  private Workbench(LocalServer server, List<Closeable> before, List<Closeable> after) {
    this.server = server;
    this.before = before;
    this.after = after;
  }

  /**
   * Starts it.
   *
   * @param home whose runs it shows
   * @param address where it listens
   * @throws IOException if it cannot listen there, or the home cannot be read
   */
  public static Workbench start(RunHome home, ServerAddress address) throws IOException {
    AccessToken token = AccessToken.in(WorkbenchNote.token(home));
    JobRoutes jobs = new JobRoutes(home);
    Playground playground = Playground.open(home, token);
    LiveRuns runs = LiveRuns.open(home, jobs);
    List<Routes> routes = new ArrayList<>(List.of(new SessionRoutes(home, false), jobs));
    routes.addAll(reading(home, runs));
    routes.add(playground);
    routes.add(new PageFiles());
    // First what streams answers, so that the server need not wait for them.
    return new Workbench(
        serve(home, address, token, routes),
        List.of(playground::close),
        List.of(jobs::close, runs::close));
  }

  /**
   * Starts one that shows a replay, and can neither train nor ask a model.
   *
   * @param home of the copies that grow
   * @param address where it listens
   * @throws IOException if it cannot listen there, or the home cannot be read
   */
  static Workbench demo(RunHome home, ServerAddress address, Replay replay) throws IOException {
    AccessToken token = AccessToken.in(WorkbenchNote.token(home));
    LiveRuns runs = LiveRuns.open(home, RunLog.NONE);
    List<Routes> routes =
        new ArrayList<>(List.of(new SessionRoutes(home, true), new DemoRoutes(replay)));
    routes.addAll(reading(home, runs));
    routes.add(new PageFiles());
    return new Workbench(serve(home, address, token, routes), List.of(), List.of(runs::close));
  }

  /** Returns what only reads runs. */
  private static List<Routes> reading(RunHome home, LiveRuns runs) {
    return List.of(
        new Refusals(home),
        runs,
        new LiveStream(List.of(runs)),
        new RolloutRoutes(home),
        new HealthRoutes(home));
  }

  private static LocalServer serve(
      RunHome home, ServerAddress address, AccessToken token, List<Routes> routes)
      throws IOException {
    AuditLog audit = new AuditLog(home.root().resolve("audit.jsonl"));
    return LocalServer.start(ServerSettings.forPages(address, token, audit), routes);
  }

  /** Returns the address of the page. */
  public String url() {
    return server.url();
  }

  /** Returns the address of the page with a code that opens it once. */
  public String link() {
    return url() + "/#code=" + server.newCode();
  }

  @Override
  public void close() throws IOException {
    for (Closeable each : before) {
      each.close();
    }
    server.close();
    for (Closeable each : after) {
      each.close();
    }
  }
}
