/**
 * A web server on this machine for this user: loopback, JSON, and the rules that keep other
 * people's pages and programs out. In: {@link rft.web.Routes} of the packages that have something
 * to serve, and {@link rft.web.ServerSettings}. Out: a running {@link rft.web.LocalServer}. Start
 * there.
 *
 * <p>A request meets {@code FrontDoor} (headers, Host, path), then {@code Gate} (who, from where,
 * with which body, and the audit), then its route. What a route wants to be different is said by a
 * {@link rft.web.RouteMark} or an {@link rft.web.UploadLimit} where it is added. Live pages are fed
 * through {@link rft.web.EventStream}.
 */
@NullMarked
package rft.web;

import org.jspecify.annotations.NullMarked;
