package rft.workbench;

import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import rft.command.ProductVersion;
import rft.command.Progress;
import rft.run.RunHome;
import rft.web.Routes;

/** Says what kind of workbench this is. */
final class SessionRoutes implements Routes {
  private final RunHome home;
  private final boolean demo;

  SessionRoutes(RunHome home, boolean demo) {
    this.home = home;
    this.demo = demo;
  }

  /**
   * A workbench.
   *
   * @param version of the product
   * @param home folder of the runs it shows
   * @param demo whether it replays recorded runs
   */
  record Session(String version, String home, boolean demo) {}

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/api/session", context -> context.json(session()));
  }

  private Session session() throws IOException {
    String version = new ProductVersion().run(Progress.SILENT).version();
    return new Session(version, home.root().toString(), demo);
  }
}
