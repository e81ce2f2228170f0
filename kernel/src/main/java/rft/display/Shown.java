package rft.display;

import java.util.Objects;

/**
 * A value as a cell shows it: the same content once as HTML and once as plain text, for front-ends,
 * logs and readers that show no HTML.
 *
 * @param html static HTML, every foreign character escaped, no script; readable on light and dark
 *     backgrounds
 * @param text the whole content in plain text, lines divided by line feeds
 */
public record Shown(String html, String text) {
  public Shown {
    Objects.requireNonNull(html, "html");
    Objects.requireNonNull(text, "text");
  }
}
