package rft.playground;

import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import rft.command.Installation;
import rft.run.RunHome;
import rft.web.AccessToken;
import rft.web.Routes;

/**
 * Everything of the page and for programs that needs a model: questions and test sets, what a run
 * made, deployments and their addresses below {@code /v1/}.
 */
public final class Playground implements Routes, AutoCloseable {
  private static final Duration IDLE = Duration.ofMinutes(10);

  private final WarmModels models;
  private final List<Routes> routes;

  /**
   * Finds what is deployed and which processes an earlier workbench left.
   *
   * @param home whose runs and models
   * @param token of the workbench, which opens every deployment
   * @throws IOException if the home cannot be read
   */
  public static Playground open(RunHome home, AccessToken token) throws IOException {
    return new Playground(
        home, Installation.current(), new ServeProcesses(home), IDLE, token::matches);
  }

  Playground(
      RunHome home,
      Installation installation,
      ModelProcess.Source source,
      Duration idle,
      Predicate<String> master)
      throws IOException {
    Deployments deployments = new Deployments(home.root().resolve("deployments"));
    this.models = new WarmModels(source, idle, deployments::uses);
    ModelShelf shelf = new ModelShelf(home, installation);
    TestLog log = new TestLog(home);
    for (Deployment one : deployments.list()) {
      models.find(Path.of(one.folder()));
    }
    this.routes =
        List.of(
            new ModelRoutes(home, installation, shelf, models, log),
            new DeploymentRoutes(shelf, models, deployments),
            new OpenAiProxy(deployments, models, master));
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi api) {
    routes.forEach(some -> some.addTo(api));
  }

  /** Ends the processes it started. */
  @Override
  public void close() {
    models.close();
  }
}
