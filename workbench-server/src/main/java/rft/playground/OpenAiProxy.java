package rft.playground;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.NotFoundResponse;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import rft.web.Connection;
import rft.web.ErrorReply;
import rft.web.OpenAiError;
import rft.web.RouteMark;
import rft.web.Routes;

/**
 * The deployed models below {@code /v1/}, for any client of the OpenAI API. Each request carries a
 * deployment's token, or that of the workbench; a cookie opens nothing here. Bodies and streams
 * pass as they are.
 */
final class OpenAiProxy implements Routes {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int BUFFER = 16 * 1024;
  private static final int RETRY_SECONDS = 5;

  /** Requests passed on at once; the web server has about fifty threads more, for all others. */
  static final int MOST_OPEN = 200;

  /** Open to the gate: it knows the token of the workbench only, each deployment has its own. */
  private static final RouteMark[] MARKS = {RouteMark.OPEN, RouteMark.QUIET};

  private static final List<HandlerType> METHODS =
      List.of(
          HandlerType.GET,
          HandlerType.POST,
          HandlerType.PUT,
          HandlerType.PATCH,
          HandlerType.DELETE,
          HandlerType.OPTIONS);

  private final Deployments deployments;
  private final DeployedModels deployed;
  private final WarmModels models;
  private final Semaphore places = new Semaphore(MOST_OPEN);
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
    this.deployed = new DeployedModels(deployments, master);
    this.models = models;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    add(routes, HandlerType.GET, "/v1/models", this::list);
    add(routes, HandlerType.GET, "/v1/models/{id}", this::show);
    for (String path : List.of("/v1/chat/completions", "/v1/completions")) {
      add(routes, HandlerType.POST, path, context -> pass(context, path));
    }
    for (HandlerType method : METHODS) {
      routes.addHttpHandler(method, "/v1/<rest>", OpenAiProxy::unknown, MARKS);
    }
    routes.exception(RefusedException.class, (e, context) -> refuse(context, e));
  }

  /** Adds an address with one method, and says so to those who come with another. */
  private static void add(
      JavalinDefaultRoutingApi routes, HandlerType only, String path, Handler handler) {
    for (HandlerType method : METHODS) {
      Handler other =
          context -> {
            throw ErrorReply.notFor(only.name());
          };
      routes.addHttpHandler(method, path, method.equals(only) ? handler : other, MARKS);
    }
  }

  private static void unknown(Context context) {
    throw new NotFoundResponse(
        "there is no %s; there are /v1/models, /v1/chat/completions and /v1/completions"
            .formatted(context.path()));
  }

  private static void refuse(Context context, RefusedException e) {
    if (e.status() == 401) {
      context.header("WWW-Authenticate", "Bearer");
    }
    if (e.retryAfterSeconds() > 0) {
      context.header("Retry-After", Integer.toString(e.retryAfterSeconds()));
    }
    String message = String.valueOf(e.getMessage());
    context.status(e.status()).json(OpenAiError.of(e.status(), e.code(), message, e.param()));
  }

  /** A model in the shape of the OpenAI API. */
  private static Map<String, Object> described(String id, Deployment by) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("id", id);
    model.put("object", "model");
    model.put("created", Instant.parse(by.created()).getEpochSecond());
    model.put("owned_by", "rft");
    return model;
  }

  private Map<String, Deployment> opened(Context context) throws RefusedException {
    return deployed.openedBy(context.header("Authorization"));
  }

  private void list(Context context) throws RefusedException {
    List<Object> data = new ArrayList<>();
    opened(context).forEach((id, by) -> data.add(described(id, by)));
    context.json(Map.of("object", "list", "data", data));
  }

  private void show(Context context) throws RefusedException {
    String id = context.pathParam("id");
    context.json(described(id, DeployedModels.require(opened(context), id)));
  }

  private void pass(Context context, String path)
      throws IOException, InterruptedException, RefusedException {
    Map<String, Deployment> opened = opened(context);
    byte[] body = context.bodyAsBytes();
    Deployment one = DeployedModels.require(opened, modelOf(body));
    // Each holds a thread of the web server, also while its model starts.
    if (!places.tryAcquire()) {
      throw RefusedException.busy(
          "%d requests are being answered or wait, more may not; try again in %d s"
              .formatted(MOST_OPEN, RETRY_SECONDS),
          RETRY_SECONDS);
    }
    try {
      passTo(one, context, path, body);
    } finally {
      places.release();
    }
  }

  private void passTo(Deployment one, Context context, String path, byte[] body)
      throws IOException, InterruptedException, RefusedException {
    Traffic traffic = deployments.traffic(one);
    long start = System.nanoTime();
    boolean answered = false;
    TokenCount count = new TokenCount(false);
    StopSignal stop = new StopSignal();
    LongConsumer whileItStarts =
        millis -> {
          if (Connection.isLeft(context)) {
            stop.stop();
          }
        };
    try (WarmModel.Use use = models.of(Path.of(one.folder())).use(stop, whileItStarts)) {
      HttpResponse<InputStream> response = ask(use, path, body);
      count = new TokenCount(isStream(response));
      answered = relay(context, response, count) && response.statusCode() == 200;
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
    throw RefusedException.ofModel(400, "missing_model", "the body names no model");
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

  /**
   * Passes an answer on, each piece at once. A client that went away ends it at the model, too.
   *
   * @return whether the model gave all of it
   * @throws UnansweredException if it broke off before anything was passed on
   */
  private static boolean relay(Context context, HttpResponse<InputStream> from, TokenCount count)
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
        String message = String.valueOf(e.getMessage());
        ObjectNode error = OpenAiError.of(503, "model_unavailable", message, null);
        out.write(("data: " + error + "\n\n").getBytes(UTF_8));
      } else if (context.res().isCommitted()) {
        Connection.breakOff(context);
      } else {
        throw e;
      }
      return false;
    } catch (IOException clientIsGone) {
      // The model heard of it when its answer was closed.
    }
    return true;
  }

  private static int read(InputStream in, byte[] buffer) throws UnansweredException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw new UnansweredException("the model broke off its answer", e);
    }
  }
}
