package rft.web;

import io.javalin.config.JavalinConfig;
import io.javalin.config.Key;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Answers a request that failed, in the server's {@link ErrorFormat}. Handlers throw Javalin's
 * exceptions, for example {@code new NotFoundResponse("there is no run a")}; an exception of
 * another kind gets its status by {@code routes.exception(Kind.class, (e, context) ->
 * ErrorReply.send(..))}.
 */
public final class ErrorReply {
  static final Key<ErrorFormat> FORMAT = new Key<>("rft-error-format");
  static final String WHY = "rft-why";

  private static final System.Logger LOGGER = System.getLogger("rft.web");
  private static final String CODE = "code";
  private static final String METHODS = "availableMethods"; // as Javalin calls it

  /** What is said of bodies, maybe before they have come whole. */
  private static final Set<Integer> OF_BODIES =
      Set.of(
          HttpStatus.BAD_REQUEST.getCode(),
          HttpStatus.CONTENT_TOO_LARGE.getCode(),
          HttpStatus.UNSUPPORTED_MEDIA_TYPE.getCode());

  static final String FAILED = "the server failed at this; what it printed says why";

  private ErrorReply() {}

  /** Answers with a status and one sentence; the code is the status in words. */
  public static void send(Context context, HttpStatus status, String message) {
    send(context, status.getCode(), code(status.getCode()), message);
  }

  /**
   * Answers with a status, a word for programs and one sentence. Where a part of another answer is
   * sent already, the connection ends instead.
   *
   * @param code for example {@code run_in_use}
   */
  public static void send(Context context, int status, String code, String message) {
    context.attribute(WHY, message);
    if (context.res().isCommitted()) {
      Connection.breakOff(context);
      return;
    }
    ErrorFormat format = context.appData(FORMAT).at(context.path());
    context.status(status).json(format.body(status, code, message));
  }

  /**
   * Returns what to throw for a method that an address does not have.
   *
   * @param methods that it has, for example {@code GET, POST}
   */
  public static HttpResponseException notFor(String methods) {
    return new MethodNotAllowedResponse(methods, Map.of(METHODS, methods));
  }

  /** Has every failure answered in a format. */
  static void addTo(JavalinConfig config, ErrorFormat format) {
    JavalinDefaultRoutingApi routes = config.routes;
    config.appData(FORMAT, format);
    config.router.javaLangErrorHandler(
        (response, error) -> {
          LOGGER.log(System.Logger.Level.ERROR, "a request failed", error);
          int status = HttpStatus.INTERNAL_SERVER_ERROR.getCode();
          String json = JacksonJson.text(format.body(status, code(status), FAILED));
          response.setContentType("application/json");
          try {
            response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
          } catch (IOException clientIsGone) {
            // Nobody is left to tell.
          }
        });
    routes.exception(HttpResponseException.class, (e, context) -> send(context, e));
    routes.exception(
        IllegalArgumentException.class,
        (e, context) -> send(context, HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage())));
    routes.exception(Exception.class, (e, context) -> fail(context, e));
  }

  /**
   * Answers that the server failed, and prints why: what is said of an exception without a kind.
   */
  public static void fail(Context context, Exception e) {
    String what = context.method() + " " + context.path();
    LOGGER.log(System.Logger.Level.ERROR, what + " failed", e);
    send(context, HttpStatus.INTERNAL_SERVER_ERROR, FAILED);
  }

  private static void send(Context context, HttpResponseException e) {
    String code = e.getDetails().getOrDefault(CODE, code(e.getStatus()));
    String message = e.getMessage();
    if (e.getStatus() == HttpStatus.UNAUTHORIZED.getCode()) {
      context.header("WWW-Authenticate", "Bearer");
    }
    if (OF_BODIES.contains(e.getStatus())) {
      UnreadBody.discard(context);
    }
    String methods = e.getDetails().get(METHODS);
    if (methods != null) {
      context.header("Allow", methods);
      message = "%s is not for %s; use %s".formatted(context.path(), context.method(), methods);
    }
    send(context, e.getStatus(), code, message == null ? code : message);
  }

  /** Returns a status in words, for example {@code not_found}. */
  static String code(int status) {
    return HttpStatus.forStatus(status)
        .getMessage()
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\W+", "_");
  }
}
