package rft.web;

import io.javalin.http.Context;
import io.javalin.http.TooManyRequestsResponse;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A page trades its one-time code for a session; a holder of the token gets new codes. */
final class LoginRoutes implements Routes {
  private final Sessions sessions;
  private final LoginCodes codes;
  private final FailureLimit failures;

  LoginRoutes(Sessions sessions, LoginCodes codes, Clock clock) {
    this.sessions = sessions;
    this.codes = codes;
    this.failures = new FailureLimit(clock);
  }

  private record Login(@Nullable String code) {}

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.post("/api/login", this::login, RouteMark.OPEN);
    routes.post(
        "/api/codes", context -> context.json(Map.of("code", codes.issue())), RouteMark.BEARER);
  }

  private void login(Context context) {
    if (failures.isReached()) {
      throw new TooManyRequestsResponse("too many wrong codes; wait a minute");
    }
    String code = context.bodyAsClass(Login.class).code();
    if (code == null || !codes.use(code)) {
      failures.add();
      throw new UnauthorizedResponse(
          "this code was used before or is none; 'rft workbench' prints a new address");
    }
    context.cookie(sessions.start()).status(204);
  }
}
