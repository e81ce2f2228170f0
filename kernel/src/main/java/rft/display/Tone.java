package rft.display;

import rft.run.HtmlText;
import rft.run.PrintableText;

/** Whether something is good news; as a colour that is legible on light and on dark. */
enum Tone {
  GOOD("#2e9a5b"),
  NEUTRAL("#7b838c"),
  WARNING("#b8801f"),
  BAD("#d1483f");

  private final String hex;

  Tone(String hex) {
    this.hex = hex;
  }

  String hex() {
    return hex;
  }

  /** Returns a word in this colour. */
  Shown word(String word) {
    String html =
        "<span style=\"font-weight:bold;color:" + hex + "\">" + HtmlText.escape(word) + "</span>";
    return new Shown(html, PrintableText.line(word));
  }
}
