package rft.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

/**
 * A running server. Whatever it serves is behind the same rules: the request names this server,
 * comes from no other site, and has a session or the token.
 */
public final class LocalServer implements AutoCloseable {
  private static final long STOP_MILLIS = 2_000;
  private static final long IDLE_STOP_MILLIS = 100;

  private final Javalin server;
  private final ServerAddress address;
  private final int port;
  private final LoginCodes codes;
  private final OpenStreams streams;

  private LocalServer(
      Javalin server, ServerAddress address, int port, LoginCodes codes, OpenStreams streams) {
    this.server = server;
    this.address = address;
    this.port = port;
    this.codes = codes;
    this.streams = streams;
  }

  /**
   * Starts a server.
   *
   * @param routes what it serves; the first that fits an address answers
   * @throws IOException if it cannot listen, as when its port is taken
   */
  public static LocalServer start(ServerSettings settings, List<Routes> routes) throws IOException {
    return start(settings, routes, Clock.systemUTC());
  }

  static LocalServer start(ServerSettings settings, List<Routes> routes, Clock clock)
      throws IOException {
    ServerSocketChannel channel = settings.address().listen();
    try {
      int port = channel.socket().getLocalPort();
      LoginCodes codes = new LoginCodes(clock);
      OpenStreams streams = new OpenStreams();
      Sessions sessions = new Sessions(settings.token(), port, clock);
      FrontDoor door = new FrontDoor(settings.address().authorities(port), settings);
      Javalin server =
          Javalin.create(
              config -> {
                listen(config, channel, door);
                config.appData(EventStream.OPEN, streams);
                new Gate(settings, sessions, clock).addTo(config.routes);
                ErrorReply.addTo(config, settings.errors());
                if (settings.page()) {
                  new LoginRoutes(sessions, codes, clock).addTo(config.routes);
                }
                routes.forEach(some -> some.addTo(config.routes));
              });
      return new LocalServer(server.start(), settings.address(), port, codes, streams);
    } catch (RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void listen(JavalinConfig config, ServerSocketChannel channel, FrontDoor door) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.jsonMapper(new JacksonJson());
    config.http.maxRequestSize = UploadLimit.ORDINARY;
    config.http.prefer405over404 = true;
    config.jetty.modifyServer(
        server -> {
          server.setStopTimeout(STOP_MILLIS);
          server.setErrorHandler(door::onError);
          server.insertHandler(new GracefulHandler());
          server.insertHandler(door);
        });
    config.jetty.addConnector(
        (server, http) -> {
          ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
          connector.setShutdownIdleTimeout(IDLE_STOP_MILLIS);
          try {
            connector.open(channel);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return connector;
        });
  }

  /** Returns its address, for example {@code http://127.0.0.1:4713}. */
  public String url() {
    return address.url(port);
  }

  /**
   * Returns a code that a page can trade for a session once, within an hour. It belongs after the
   * {@code #} of an address, which browsers send to nobody.
   */
  public String newCode() {
    return codes.issue();
  }

  /**
   * Ends event streams, lets requests that are being answered finish for two seconds, and stops.
   */
  @Override
  public void close() {
    streams.closeAll();
    try {
      server.stop();
    } catch (JavalinException e) {
      // A request that takes longer than the patience ends with its connection.
      if (!(e.getCause() instanceof TimeoutException)) {
        throw e;
      }
    }
  }
}
