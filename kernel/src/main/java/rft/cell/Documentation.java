package rft.cell;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is known about the name at the cursor.
 *
 * @param entries one per overload, never empty
 */
public record Documentation(List<Entry> entries) {
  /**
   * One method, type or variable.
   *
   * @param signature as Java declares it
   * @param text its documentation as plain text, empty if its source is not at hand
   */
  public record Entry(String signature, String text) {}

  public Documentation {
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("documentation needs at least one entry");
    }
    entries = List.copyOf(entries);
  }

  /**
   * Returns all entries as plain text.
   *
   * @param detail 0 for signatures only, more for everything
   */
  public String plain(int detail) {
    return entries.stream()
        .map(
            entry ->
                detail == 0 || entry.text().isEmpty()
                    ? entry.signature()
                    : entry.signature() + "\n\n" + entry.text().indent(2).stripTrailing())
        .collect(Collectors.joining(detail == 0 ? "\n" : "\n\n"));
  }

  /**
   * Returns all entries as HTML without scripts.
   *
   * @param detail 0 for signatures only, more for everything
   */
  public String html(int detail) {
    StringBuilder html = new StringBuilder();
    for (Entry entry : entries) {
      html.append("<pre><b>").append(escaped(entry.signature())).append("</b></pre>");
      if (detail > 0 && !entry.text().isEmpty()) {
        for (String paragraph : entry.text().split("\n\n")) {
          html.append("<p>").append(escaped(paragraph).replace("\n", "<br>")).append("</p>");
        }
      }
    }
    return html.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
