package rft.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;

/** A server with one route of each class, which records what reached a handler. */
final class TestServer implements AutoCloseable, Routes {
  /** A path of each class: page, static file, API, programs, event stream. */
  static final List<String> CLASSES =
      List.of("/", "/assets/app.js", "/api/things", "/v1/models", "/api/stream");

  final AccessToken token = AccessToken.random();
  final List<String> reached = new CopyOnWriteArrayList<>();
  final List<EventStream> streams = new CopyOnWriteArrayList<>();
  final Path audit;
  final LocalServer server;
  final int port;
  final RawClient client;

  static {
    // What a server prints of the failures that tests provoke.
    Logger.getLogger("rft.web").setUseParentHandlers(false);
  }

  TestServer(Path folder) throws IOException {
    this(folder, ServerAddress.loopback(0), List.of());
  }

  TestServer(Path folder, ServerAddress address, List<Routes> more) throws IOException {
    this.audit = folder.resolve("audit.jsonl");
    List<Routes> routes = new ArrayList<>(more);
    routes.add(this);
    server =
        LocalServer.start(ServerSettings.forPages(address, token, new AuditLog(audit)), routes);
    port = URI.create(server.url()).getPort();
    client = new RawClient(port);
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/", this::answer, RouteMark.OPEN);
    routes.get("/assets/<file>", this::answer, RouteMark.OPEN);
    routes.get("/api/things", this::answer);
    routes.get("/api/things/{id}", this::answer);
    routes.post("/api/things", this::answer);
    routes.delete("/api/things/{id}", this::answer);
    routes.post("/api/ask", this::answer, RouteMark.QUIET);
    UploadLimit upload = new UploadLimit(3_000_000);
    routes.post(
        "/api/uploads",
        context -> context.json(Map.of("bytes", upload.body(context).readAllBytes().length)),
        upload);
    routes.post("/api/echo", context -> context.json(Map.of("got", context.body().length())));
    routes.get(
        "/api/broken",
        context -> {
          throw new IllegalStateException("secret detail");
        });
    routes.get("/v1/models", this::answer);
    routes.post("/v1/chat", this::answer);
    routes.get("/api/stream", context -> streams.add(EventStream.open(context)));
  }

  private void answer(Context context) {
    reached.add(context.method() + " " + context.path());
    context.json(Map.of("ok", true));
  }

  String bearer() {
    return "Authorization: Bearer " + token.reveal();
  }

  /** Returns a header with a new session. */
  String cookie() throws IOException {
    return "Cookie: " + login(server.newCode()).header("Set-Cookie").split(";", 2)[0];
  }

  RawClient.Reply login(String code) throws IOException {
    return client.post(
        "/api/login",
        "{\"code\":\"" + code + "\"}",
        "Content-Type: application/json",
        "X-RFT: 1",
        "Sec-Fetch-Site: same-origin");
  }

  List<String> auditLines() throws IOException {
    return Files.exists(audit) ? Files.readAllLines(audit) : List.of();
  }

  @Override
  public void close() {
    server.close();
  }
}
