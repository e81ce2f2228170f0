package rft.web;

import io.javalin.router.JavalinDefaultRoutingApi;

/** Some addresses of a server and what answers them. */
@FunctionalInterface
public interface Routes {
  /** Adds them. Handlers run on several threads. */
  void addTo(JavalinDefaultRoutingApi routes);
}
