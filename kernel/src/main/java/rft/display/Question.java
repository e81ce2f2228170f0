package rft.display;

import org.jspecify.annotations.Nullable;
import rft.run.HtmlText;

/** What a model was asked, and what it should have said. */
final class Question {
  private static final int MOST_CHARACTERS = 20_000;

  private Question() {}

  static String html(String prompt, @Nullable String reference) {
    StringBuilder html = new StringBuilder("<div style=\"padding:4px 10px;border-radius:4px;");
    html.append("background-color:rgba(128,128,128,0.10)\"><div style=\"white-space:pre-wrap;");
    html.append("overflow-wrap:anywhere\">").append(HtmlText.escape(prompt, MOST_CHARACTERS));
    html.append("</div>");
    if (reference != null && !reference.isEmpty()) {
      html.append("<div style=\"white-space:pre-wrap;overflow-wrap:anywhere\"><span style=\"");
      html.append(Sheet.SOFT).append("\">reference </span><strong>");
      html.append(HtmlText.escape(reference, MOST_CHARACTERS)).append("</strong></div>");
    }
    return html.append("</div>").toString();
  }
}
