package rft.live;

import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import rft.health.HealthReport;
import rft.health.HealthWatch;
import rft.run.RunFolder;
import rft.run.RunHome;
import rft.run.RunReader;
import rft.web.Routes;

/** The health of runs: {@code GET /api/runs/ID/health} is a {@link HealthReport}. */
public final class HealthRoutes implements Routes {
  /** A watch of a long run holds some megabytes. */
  private static final int WATCHES_KEPT = 8;

  private final RunHome home;
  private final Map<String, HealthWatch> watches =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, HealthWatch> eldest) {
          return size() > WATCHES_KEPT;
        }
      };

  /**
   * @param home whose runs it looks at
   */
  public HealthRoutes(RunHome home) {
    this.home = home;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/api/runs/{id}/health", context -> context.json(health(context.pathParam("id"))));
  }

  private HealthReport health(String id) throws IOException {
    RunFolder folder = home.open(id);
    try (RunReader reader = RunReader.open(folder)) {
      return watch(folder.id()).look(reader);
    }
  }

  private HealthWatch watch(String id) {
    synchronized (watches) {
      return watches.computeIfAbsent(id, key -> new HealthWatch());
    }
  }
}
