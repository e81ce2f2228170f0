package rft.display;

import org.jspecify.annotations.Nullable;
import rft.run.HtmlText;
import rft.run.PrintableText;

/** A view as it grows from top to bottom: the same parts as HTML and as text. */
final class Page {
  private static final int MOST_CHARACTERS = 100_000;

  private final StringBuilder html = new StringBuilder();
  private final StringBuilder text = new StringBuilder();

  /** Adds a bold heading with a soft remark beside it. */
  Page heading(String heading, String remark) {
    html.append("<div style=\"margin:4px 0\"><strong>").append(HtmlText.escape(heading));
    html.append("</strong>");
    if (!remark.isEmpty()) {
      html.append(" <span style=\"").append(Sheet.SOFT).append("\">");
      html.append(HtmlText.escape(remark)).append("</span>");
    }
    html.append("</div>");
    return line(PrintableText.line(heading + (remark.isEmpty() ? "" : "  " + remark)));
  }

  /** Adds a line of plain text. */
  Page say(String sentence) {
    html.append("<div>").append(HtmlText.escape(sentence)).append("</div>");
    return line(PrintableText.line(sentence));
  }

  /** Adds an address of this product to follow; it opens beside the notebook. */
  Page link(String address, String text) {
    html.append("<div><a target=\"_blank\" rel=\"noopener\" href=\"");
    html.append(HtmlText.escape(address)).append("\">");
    html.append(HtmlText.escape(text)).append("</a></div>");
    return line(PrintableText.line(address));
  }

  /** Adds a soft line of plain text. */
  Page note(String sentence) {
    html.append(Sheet.note(sentence));
    return line(PrintableText.line(sentence));
  }

  /** Adds a line in the colour of trouble. */
  Page trouble(String sentence) {
    html.append("<div style=\"color:").append(Tone.BAD.hex()).append("\">");
    html.append(HtmlText.escape(sentence)).append("</div>");
    return line(PrintableText.line(sentence));
  }

  /** Adds text as it was written, line by line. */
  Page block(String written) {
    html.append("<pre style=\"white-space:pre-wrap;overflow-wrap:anywhere;margin:4px 0;");
    html.append("padding-left:10px;border-left:2px solid rgba(128,128,128,0.4)\">");
    html.append(HtmlText.escape(written, MOST_CHARACTERS)).append("</pre>");
    String safe = PrintableText.block(Brief.cut(written, MOST_CHARACTERS));
    safe.lines().forEach(each -> line("  " + each));
    return this;
  }

  /** Adds text that HTML shows only when it is opened. */
  Page folded(String summary, Shown content) {
    html.append("<details style=\"margin:4px 0\"><summary style=\"cursor:pointer;");
    html.append(Sheet.SOFT).append("\">").append(HtmlText.escape(summary)).append("</summary>");
    html.append(content.html()).append("</details>");
    return line(content.text());
  }

  Page add(@Nullable Shown shown) {
    if (shown != null) {
      html.append(shown.html());
      line(shown.text());
    }
    return this;
  }

  Page add(Sheet sheet) {
    return add(sheet.shown());
  }

  private Page line(String line) {
    if (!line.isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n").append(line);
    }
    return this;
  }

  Shown shown() {
    return new Shown(html.toString(), text.toString());
  }
}
