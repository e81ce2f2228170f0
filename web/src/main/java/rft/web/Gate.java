package rft.web;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HttpStatus;
import io.javalin.http.TooManyRequestsResponse;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.http.UnsupportedMediaTypeResponse;
import io.javalin.router.Endpoint;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.javalin.security.RouteRole;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request through to its route: who may, from where, with which body. What a route wants is
 * said by its {@link RouteMark}s; one without any is closed to whoever has neither session nor
 * token.
 */
final class Gate {
  static final String NOBODY = "nobody";
  private static final String PAGE = "page";
  private static final String TOKEN = "token";
  private static final String WHO = "rft-who";
  private static final String BEARER = "Bearer ";
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  /** What a form of any page may send without asking; JSON it may not. */
  private static final Set<String> FORM_TYPES =
      Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

  private final ServerSettings settings;
  private final Sessions sessions;
  private final FailureLimit wrongTokens;

  Gate(ServerSettings settings, Sessions sessions, Clock clock) {
    this.settings = settings;
    this.sessions = sessions;
    this.wrongTokens = new FailureLimit(clock);
  }

  void addTo(JavalinDefaultRoutingApi routes) {
    routes.before(
        context -> {
          if (context.method().name().equals("HEAD")) {
            throw ErrorReply.notFor("GET");
          }
        });
    routes.beforeMatched(this::check);
    routes.after(this::audit);
  }

  /** Returns true for a method that is there to change something. */
  static boolean isChange(String method) {
    return !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
  }

  private void check(Context context) {
    Set<RouteRole> marks = context.routeRoles();
    boolean change = isChange(context.method().name());
    boolean open = marks.contains(RouteMark.OPEN);
    boolean program = marks.contains(RouteMark.BEARER) || isForPrograms(context);
    if (!open || change) {
      checkOrigin(context);
    }
    String who = open ? NOBODY : authenticate(context, program);
    context.attribute(WHO, who);
    UploadLimit upload =
        marks.stream()
            .filter(UploadLimit.class::isInstance)
            .map(UploadLimit.class::cast)
            .findAny()
            .orElse(null);
    if (change) {
      if (!program) {
        checkIntent(context, who);
      }
      checkType(context, upload != null, program);
    }
    long limit = upload == null ? UploadLimit.ORDINARY : upload.bytes();
    if (context.req().getContentLengthLong() > limit) {
      throw UploadLimit.tooLarge(limit);
    }
  }

  /** The addresses below /v1/ are for OpenAI's clients, which know nothing of our headers. */
  private static boolean isForPrograms(Context context) {
    Endpoint route = context.endpoints().matchedHttpEndpoint();
    return route != null && route.path.startsWith("/v1/");
  }

  /** A browser says where a request comes from; another site has nothing to ask here. */
  private static void checkOrigin(Context context) {
    String site = context.header("Sec-Fetch-Site");
    if (site != null && !OWN_SITE.contains(site)) {
      throw new ForbiddenResponse("a page of another site may not ask this");
    }
    if (context.header("Origin") != null && !isOwnOrigin(context)) {
      throw new ForbiddenResponse("a page of another origin may not ask this");
    }
  }

  // A proxy in front may speak https; the host has been found to be ours.
  private static boolean isOwnOrigin(Context context) {
    String origin = context.header("Origin");
    String host = context.header("Host");
    return origin != null
        && (origin.equalsIgnoreCase("http://" + host)
            || origin.equalsIgnoreCase("https://" + host));
  }

  private String authenticate(Context context, boolean tokenOnly) {
    String authorization = context.header("Authorization");
    if (authorization != null) {
      if (authorization.startsWith(BEARER)
          && settings.token().matches(authorization.substring(BEARER.length()))) {
        return TOKEN;
      }
      // The right token passes at any time: nobody guesses 256 bits, and nobody shall lock it out.
      if (wrongTokens.isReached()) {
        throw new TooManyRequestsResponse("too many wrong tokens; wait a minute");
      }
      wrongTokens.add();
      throw new UnauthorizedResponse("this is not the token");
    }
    String cookie = context.cookie(sessions.cookieName());
    if (settings.page() && !tokenOnly && cookie != null && sessions.isValid(cookie)) {
      return PAGE;
    }
    throw new UnauthorizedResponse(
        settings.page() && !tokenOnly
            ? "no session; open the address that 'rft workbench' prints"
            : "send the token as Authorization: Bearer TOKEN");
  }

  private static void checkIntent(Context context, String who) {
    boolean fromOwnPage =
        context.header("Sec-Fetch-Site") != null || context.header("Origin") != null;
    if (!who.equals(TOKEN) && !fromOwnPage) {
      throw new ForbiddenResponse("a page must say by Origin or Sec-Fetch-Site that it is ours");
    }
    if (context.header("X-RFT") == null) {
      throw new ForbiddenResponse("the header X-RFT: 1 is missing");
    }
  }

  private static void checkType(Context context, boolean upload, boolean program) {
    String type = mediaType(context.req().getContentType());
    boolean empty =
        context.req().getContentLengthLong() <= 0
            && context.header("Transfer-Encoding") == null
            && type.isEmpty();
    boolean good =
        upload
            ? program || !(type.isEmpty() || FORM_TYPES.contains(type))
            : empty || type.equals("application/json");
    if (!good) {
      throw new UnsupportedMediaTypeResponse(
          upload
              ? "send the file itself as application/octet-stream"
              : "send the body as application/json");
    }
  }

  private static String mediaType(@Nullable String header) {
    String type = header == null ? "" : header.toLowerCase(Locale.ROOT);
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip();
  }

  /** Writes one line for each change that was asked for, but not for tries that were too many. */
  private void audit(Context context) {
    boolean matched = context.endpoints().matchedHttpEndpoint() != null;
    int status = context.statusCode();
    if (settings.audit() != null
        && matched
        && isChange(context.method().name())
        && !context.routeRoles().contains(RouteMark.QUIET)
        && status != HttpStatus.TOO_MANY_REQUESTS.getCode()) {
      String who = context.attribute(WHO);
      String why = context.attribute(ErrorReply.WHY);
      settings
          .audit()
          .add(who == null ? NOBODY : who, context.method() + " " + context.path(), status, why);
    }
  }
}
