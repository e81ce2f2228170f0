package rft.playground;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rft.dataset.NearestName;
import rft.web.FailureLimit;

/** Which models a token opens, by the ids that {@code rft serve} has for them, too. */
final class DeployedModels {
  private static final String BEARER = "Bearer ";
  private static final String BASE = "base";

  private final Deployments deployments;
  private final Predicate<String> master;
  private final FailureLimit wrongTokens = new FailureLimit();

  /**
   * @param master whether a token is that of the workbench, which opens every deployment
   */
  DeployedModels(Deployments deployments, Predicate<String> master) {
    this.deployments = deployments;
    this.master = master;
  }

  /**
   * Returns the deployments of a request by the ids of models: what is deployed, and the base model
   * of it by its name and, where there is one alone, as {@code base}.
   *
   * @param authorization the header of this name, or null
   * @throws RefusedException if it has no token that opens anything
   */
  Map<String, Deployment> openedBy(@Nullable String authorization) throws RefusedException {
    if (authorization == null || !authorization.startsWith(BEARER)) {
      throw new RefusedException(
          401, "invalid_api_key", "send a deployment's token as Authorization: Bearer TOKEN");
    }
    String token = authorization.substring(BEARER.length());
    boolean all = master.test(token);
    List<Deployment> own =
        deployments.list().stream().filter(one -> all || one.isOpenedBy(token)).toList();
    if (own.isEmpty() && !all) {
      // As at every other address; the right token passes at any time.
      if (wrongTokens.isReached()) {
        throw new RefusedException(
            429, "too_many_requests", "too many wrong tokens; wait a minute");
      }
      wrongTokens.add();
      throw new RefusedException(
          401, "invalid_api_key", "this token opens no deployment; the page Deployments makes one");
    }
    return byId(own);
  }

  private static Map<String, Deployment> byId(List<Deployment> own) {
    Map<String, Deployment> models = new LinkedHashMap<>();
    if (own.stream().map(Deployment::folder).distinct().count() == 1) {
      models.put(BASE, own.get(0));
    }
    own.forEach(one -> models.putIfAbsent(ModelShelf.nameOf(Path.of(one.folder())), one));
    own.forEach(one -> models.put(one.modelId(), one));
    return models;
  }

  /**
   * Returns the deployment by which a model is asked.
   *
   * @throws RefusedException if there is none, naming the nearest
   */
  static Deployment require(Map<String, Deployment> opened, String id) throws RefusedException {
    Deployment found = opened.get(id);
    if (found == null) {
      String hint = NearestName.hint(id, opened.keySet());
      throw RefusedException.ofModel(
          404,
          "model_not_found",
          "no model \"%s\" is deployed for this token%s"
              .formatted(id, hint.isEmpty() ? "; GET /v1/models lists those that are" : hint));
    }
    return found;
  }
}
