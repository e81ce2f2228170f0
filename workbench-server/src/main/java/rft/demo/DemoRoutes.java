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
   */
  record Wish(@Nullable Boolean playing, @Nullable Integer speed, @Nullable Boolean restart) {}

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/api/demo", context -> context.json(replay.state()));
    routes.post("/api/demo", this::steer);
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
    context.json(replay.state());
  }
}
