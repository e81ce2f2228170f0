package rft.demo;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import rft.web.Routes;

/** Shows how far the replay is, and steers it. */
public final class DemoRoutes implements Routes {
  private final Replay replay;

  /** Steers a replay. */
  public DemoRoutes(Replay replay) {
    this.replay = replay;
  }

  /**
   * What to change; null leaves a thing as it is.
   *
   * @param playing whether time passes
   * @param speed seconds of the recording in one second
   * @param restart true to begin anew
   * @param reach how far a run must be at least
   */
  record Wish(
      @Nullable Boolean playing,
      @Nullable Integer speed,
      @Nullable Boolean restart,
      @Nullable Reach reach) {}

  record Reach(String run, int step) {}

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/api/demo", this::look);
    routes.post("/api/demo", this::steer);
  }

  private void look(Context context) {
    replay.begin();
    context.json(replay.state());
  }

  private void steer(Context context) throws IOException {
    Wish wish = context.bodyAsClass(Wish.class);
    if (wish.speed() != null) {
      replay.setSpeed(wish.speed());
    }
    if (wish.playing() != null) {
      replay.setPlaying(wish.playing());
    }
    if (Boolean.TRUE.equals(wish.restart())) {
      replay.restart();
    }
    if (wish.reach() != null) {
      replay.reach(wish.reach().run(), wish.reach().step());
    }
    context.json(replay.state());
  }
}
