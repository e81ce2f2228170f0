package rft.playground;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import rft.web.RouteMark;
import rft.web.Routes;

/**
 * The deployed models below {@code /v1/}, for any client of the OpenAI API. Each request carries a
 * deployment's token, or that of the workbench; a cookie opens nothing here. Bodies and streams
 * pass as they are.
 */
final class OpenAiProxy implements Routes {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String BEARER = "Bearer ";
  private static final int BUFFER = 16 * 1024;

  private final Deployments deployments;
  private final WarmModels models;
  private final Predicate<String> master;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /**
   * @param master whether a token is that of the workbench, which opens every deployment
   */
  OpenAiProxy(Deployments deployments, WarmModels models, Predicate<String> master) {
    this.deployments = deployments;
    this.models = models;
    this.master = master;
  }

  /** A request that is not passed on, in the shape of the OpenAI API. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;
    private final String code;

    private RefusedException(int status, String code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }
  }

  private interface Answer {
    void give(Context context) throws IOException, InterruptedException, RefusedException;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    // Open to the gate: it knows the token of the workbench only, here each deployment has its own.
    RouteMark[] marks = {RouteMark.OPEN, RouteMark.QUIET};
    routes.get("/v1/models", context -> answer(context, this::list), marks);
    routes.get("/v1/models/{id}", context -> answer(context, this::show), marks);
    for (String path : List.of("/v1/chat/completions", "/v1/completions")) {
      routes.post(path, context -> answer(context, one -> pass(one, path)), marks);
    }
  }

  private static void answer(Context context, Answer answer)
      throws IOException, InterruptedException {
    try {
      answer.give(context);
    } catch (RefusedException e) {
      String type = e.status < 500 ? "invalid_request_error" : "server_error";
      if (e.status == 401) {
        context.header("WWW-Authenticate", "Bearer");
      }
      context.status(e.status).contentType("application/json").result(error(type, e.code, e));
    }
  }

  private static String error(String type, String code, Exception e) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error")
        .put("message", e.getMessage())
        .put("type", type)
        .putNull("param")
        .put("code", code);
    return body.toString();
  }

  private List<Deployment> allowed(Context context) throws RefusedException {
    String authorization = context.header("Authorization");
    if (authorization == null || !authorization.startsWith(BEARER)) {
      throw new RefusedException(
          401, "invalid_api_key", "send a deployment's token as Authorization: Bearer TOKEN");
    }
    String token = authorization.substring(BEARER.length());
    boolean all = master.test(token);
    List<Deployment> own =
        deployments.list().stream().filter(one -> all || one.isOpenedBy(token)).toList();
    if (own.isEmpty() && !all) {
      throw new RefusedException(
          401, "invalid_api_key", "this token opens no deployment; the page Deployments makes one");
    }
    return own;
  }

  /** A model in the shape of the OpenAI API. */
  private static Map<String, Object> described(Deployment one) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("id", one.modelId());
    model.put("object", "model");
    model.put("created", Instant.parse(one.created()).getEpochSecond());
    model.put("owned_by", "rft");
    return model;
  }

  private void list(Context context) throws RefusedException {
    context.json(
        Map.of(
            "object",
            "list",
            "data",
            allowed(context).stream().map(OpenAiProxy::described).toList()));
  }

  private void show(Context context) throws RefusedException {
    context.json(described(require(allowed(context), context.pathParam("id"))));
  }

  private static Deployment require(List<Deployment> all, String modelId) throws RefusedException {
    return all.stream()
        .filter(one -> one.modelId().equals(modelId))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    404,
                    "model_not_found",
                    "no model \""
                        + modelId
                        + "\" is deployed for this token"
                        + all.stream()
                            .findFirst()
                            .map(one -> "; it opens " + one.modelId())
                            .orElse("")));
  }

  private void pass(Context context, String path)
      throws IOException, InterruptedException, RefusedException {
    List<Deployment> allowed = allowed(context);
    byte[] body = context.bodyAsBytes();
    Deployment one = require(allowed, modelOf(body));
    Traffic traffic = deployments.traffic(one);
    long start = System.nanoTime();
    boolean answered = false;
    TokenCount count = new TokenCount(false);
    try (WarmModel.Use use = models.of(Path.of(one.folder())).use(new StopSignal(), millis -> {})) {
      HttpResponse<InputStream> response = ask(use, path, body);
      count = new TokenCount(isStream(response));
      answered = response.statusCode() == 200;
      relay(context, response, count);
    } catch (UnansweredException e) {
      throw new RefusedException(503, "model_unavailable", String.valueOf(e.getMessage()));
    } finally {
      traffic.add(answered, count.tokens(), (System.nanoTime() - start) / 1e9);
    }
  }

  private static String modelOf(byte[] body) throws IOException, RefusedException {
    try {
      JsonNode model = JSON.readTree(body).path("model");
      if (model.isTextual()) {
        return model.textValue();
      }
    } catch (JsonProcessingException e) {
      throw new RefusedException(400, "invalid_json", "the body is no JSON");
    }
    throw new RefusedException(400, "missing_model", "the body names no model");
  }

  private HttpResponse<InputStream> ask(WarmModel.Use use, String path, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(use.endpoint().at(path))
            .header("Authorization", use.endpoint().authorization())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw use.broken(e);
    }
  }

  private static boolean isStream(HttpResponse<?> response) {
    Optional<String> type = response.headers().firstValue("Content-Type");
    return type.isPresent() && type.get().startsWith("text/event-stream");
  }

  /** Passes an answer on, each piece at once. A client that went away ends it at the model, too. */
  private static void relay(Context context, HttpResponse<InputStream> from, TokenCount count)
      throws IOException {
    context.status(from.statusCode());
    from.headers().firstValue("Content-Type").ifPresent(context.res()::setContentType);
    for (String name : List.of("Retry-After", "X-Accel-Buffering", "x-request-id")) {
      from.headers().firstValue(name).ifPresent(value -> context.res().setHeader(name, value));
    }
    context.res().setStatus(from.statusCode());
    OutputStream out = context.res().getOutputStream();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = from.body()) {
      for (int got = read(in, buffer); got >= 0; got = read(in, buffer)) {
        count.pass(buffer, got);
        out.write(buffer, 0, got);
        out.flush();
      }
    } catch (UnansweredException e) {
      if (isStream(from)) {
        out.write(
            ("data: " + error("server_error", "model_unavailable", e) + "\n\n").getBytes(UTF_8));
      }
    } catch (IOException clientIsGone) {
      // The model heard of it when its answer was closed.
      return;
    }
  }

  private static int read(InputStream in, byte[] buffer) throws UnansweredException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw new UnansweredException("the model broke off its answer", e);
    }
  }
}
