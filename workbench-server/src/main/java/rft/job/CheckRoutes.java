package rft.job;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.TooManyRequestsResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.Map;
import rft.web.Routes;

/** What the page wants found out about rewards, models and trainings before it starts one. */
record CheckRoutes(Checks checks, JobPlan plan) implements Routes {
  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.post("/api/checks", this::start);
    routes.get("/api/checks/{check}", this::show);
    routes.delete("/api/checks/{check}", this::end);
  }

  private void start(Context context) throws IOException {
    CheckRequest asked = context.bodyAsClass(CheckRequest.class);
    String id =
        checks
            .start(String.valueOf(asked.kind()), asked.arguments(plan))
            .orElseThrow(
                () ->
                    new TooManyRequestsResponse(
                        Checks.MOST_AT_ONCE + " checks run already: wait for one or cancel it"));
    context.status(HttpStatus.CREATED).json(Map.of("id", id));
  }

  private void show(Context context) throws IOException {
    String id = context.pathParam("check");
    context.json(
        checks.find(id).orElseThrow(() -> new NotFoundResponse("there is no check " + id)));
  }

  private void end(Context context) throws IOException {
    if (!checks.end(context.pathParam("check"))) {
      throw new NotFoundResponse("there is no check " + context.pathParam("check"));
    }
    context.status(HttpStatus.NO_CONTENT);
  }
}
