package rft.web;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/**
 * The headers of every answer: a page loads from its own origin only, runs no inline script, is
 * shown in no frame, and nothing is kept in a cache.
 *
 * @param frameAncestors who may show a page in a frame
 */
record SecurityHeaders(String frameAncestors) {
  void addTo(HttpFields.Mutable fields) {
    fields.put(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors "
            + frameAncestors);
    Map.of(
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store")
        .forEach(fields::put);
  }
}
