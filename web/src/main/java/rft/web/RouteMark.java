package rft.web;

import io.javalin.security.RouteRole;

/**
 * What is special about a route; given where it is added, as in {@code routes.get("/health",
 * handler, RouteMark.OPEN)}. A route without marks needs a session or the token.
 */
public enum RouteMark implements RouteRole {
  /** Anyone on this machine may ask: the files of the page, a sign of life. */
  OPEN,
  /** The token only, no session. Every route below {@code /v1/} is so without saying. */
  BEARER,
  /** It changes nothing although it is no GET, so that the audit need not know. */
  QUIET
}
