package rft.playground;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.web.Routes;

/** Deploys models and takes them away again. */
final class DeploymentRoutes implements Routes {
  private final ModelShelf shelf;
  private final WarmModels models;
  private final Deployments deployments;

  DeploymentRoutes(ModelShelf shelf, WarmModels models, Deployments deployments) {
    this.shelf = shelf;
    this.models = models;
    this.deployments = deployments;
  }

  /** What to deploy. */
  record Wish(String run, @Nullable Integer step) {}

  /** Whose process to end. */
  record Ending(String model) {}

  /**
   * A deployment as the page shows it.
   *
   * @param id of it
   * @param run what made the model
   * @param step of its checkpoint; null for the best
   * @param modelId what programs call it
   * @param path of the address for programs, which is below that of the page
   * @param created when
   * @param server the process that answers
   * @param traffic since the workbench started
   * @param token what opens it; null but in the answer to the request that deployed it
   */
  record Shown(
      String id,
      String run,
      @Nullable Integer step,
      String modelId,
      String path,
      String created,
      WarmModel.Glance server,
      Traffic.Sums traffic,
      @Nullable String token) {}

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get(
        "/api/deployments",
        context -> context.json(Map.of("deployments", shown(), "servers", models.glance())));
    routes.post("/api/deployments", this::deploy);
    routes.delete("/api/deployments/{id}", this::undeploy);
    routes.post("/api/deployments/end", this::end);
  }

  private List<Shown> shown() {
    return deployments.list().stream().map(one -> shown(one, null)).toList();
  }

  private Shown shown(Deployment one, @Nullable String token) {
    return new Shown(
        one.id(),
        one.run(),
        one.step(),
        one.modelId(),
        "/v1",
        one.created(),
        models.of(Path.of(one.folder())).glance(),
        deployments.traffic(one).sums(),
        token);
  }

  private void deploy(Context context) throws IOException {
    Wish wish = context.bodyAsClass(Wish.class);
    ModelShelf.Servable model = shelf.require(new ModelChoice(null, wish.run(), wish.step()));
    Deployments.Fresh fresh = deployments.add(wish.run(), wish.step(), model);
    models.of(model.folder()).warmUp();
    context.status(HttpStatus.CREATED).json(shown(fresh.deployment(), fresh.token()));
  }

  private void undeploy(Context context) throws IOException {
    String id = context.pathParam("id");
    if (!deployments.remove(id)) {
      throw new NotFoundResponse("nothing is deployed as " + id);
    }
    context.status(HttpStatus.NO_CONTENT);
  }

  private void end(Context context) throws IOException, InterruptedException {
    models.stop(context.bodyAsClass(Ending.class).model());
    context.status(HttpStatus.NO_CONTENT);
  }
}
