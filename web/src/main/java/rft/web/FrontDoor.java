package rft.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The first that sees a request, whatever it asks for: sets the headers of the answer, and lets in
 * only requests that name this server and a plain path. A page of another site whose name suddenly
 * leads to this machine still names that site, and is refused here.
 */
final class FrontDoor extends Handler.Wrapper {
  private static final int BAD_REQUEST = 400;
  private static final int MISDIRECTED = 421;
  private static final int SERVER_FAILED = 500;
  private static final System.Logger LOGGER = System.getLogger("rft.web");

  private final Set<String> authorities;
  private final SecurityHeaders headers;
  private final ErrorFormat errors;
  private final @Nullable AuditLog audit;

  /**
   * @param authorities what the {@code Host} may be, in lower case
   */
  FrontDoor(Set<String> authorities, ServerSettings settings) {
    this.authorities = Set.copyOf(authorities);
    this.headers = new SecurityHeaders(settings.frameAncestors());
    this.errors = settings.errors();
    this.audit = settings.audit();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    headers.addTo(response.getHeaders());
    Connection.remember(request);
    List<String> hosts = request.getHeaders().getValuesList(HttpHeader.HOST);
    String target = String.valueOf(request.getHttpURI().getAuthority());
    if (hosts.size() != 1 || !isOurs(hosts.get(0)) || (!target.equals("null") && !isOurs(target))) {
      return refuse(request, response, callback, MISDIRECTED, "this server has another name");
    }
    if (!PathShape.isGood(String.valueOf(request.getHttpURI().getPath()))) {
      return refuse(request, response, callback, BAD_REQUEST, "the path is not plain");
    }
    return super.handle(request, response, callback);
  }

  /**
   * Answers what Jetty itself refuses, such as a request that is no HTTP, in our shape; logs why an
   * answer failed after its handler.
   */
  boolean onError(Request request, Response response, Callback callback) {
    headers.addTo(response.getHeaders());
    Object status = request.getAttribute(ErrorHandler.ERROR_STATUS);
    int code = status instanceof Integer number ? number : response.getStatus();
    if (code < SERVER_FAILED) {
      return answer(request, response, callback, code, "a bad request");
    }
    // The path alone: a query may hold what is secret.
    String what = request.getMethod() + " " + request.getHttpURI().getPath() + " failed: ";
    Object cause = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
    LOGGER.log(
        System.Logger.Level.ERROR,
        what + request.getAttribute(ErrorHandler.ERROR_MESSAGE),
        cause instanceof Throwable why ? why : null);
    return answer(request, response, callback, code, ErrorReply.FAILED);
  }

  private boolean isOurs(String host) {
    return authorities.contains(host.toLowerCase(Locale.ROOT));
  }

  private boolean refuse(
      Request request, Response response, Callback callback, int status, String message) {
    String path = String.valueOf(request.getHttpURI().getPath());
    if (audit != null && Gate.isChange(request.getMethod())) {
      audit.add(Gate.NOBODY, request.getMethod() + " " + path, status, message);
    }
    return answer(request, response, callback, status, message);
  }

  private boolean answer(
      Request request, Response response, Callback callback, int status, String message) {
    ErrorFormat format = errors.at(String.valueOf(request.getHttpURI().getPath()));
    String json = JacksonJson.text(format.body(status, ErrorReply.code(status), message));
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)), callback);
    return true;
  }
}
