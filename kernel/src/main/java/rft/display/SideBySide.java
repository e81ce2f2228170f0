package rft.display;

import java.util.Locale;
import rft.command.AnswerSight;
import rft.loop.Evaluation;
import rft.run.HtmlText;
import rft.run.NumberText;

/** Two columns of answers, one row per pair. */
final class SideBySide {
  static final String OPEN_ROW =
      "<div style=\"display:flex;padding:5px 0;border-top:1px solid rgba(128,128,128,0.25)\">";
  static final String OPEN_SIDE = "<div style=\"flex:1 1 0%;min-width:0;padding-right:16px\">";

  private SideBySide() {}

  /** Returns the names above the columns. */
  static String head(String left, String right) {
    StringBuilder html = new StringBuilder("<div style=\"display:flex\">");
    for (String name : new String[] {left, right}) {
      html.append(OPEN_SIDE).append("<span style=\"").append(Sheet.SOFT).append("\">");
      html.append(HtmlText.escape(name)).append("</span></div>");
    }
    return html.append("</div>").toString();
  }

  /** Returns the reward of an answer, full marks in the colour of good news. */
  static String reward(AnswerSight answer) {
    Double reward = answer.reward();
    Tone tone =
        reward == null
            ? Tone.WARNING
            : reward >= Evaluation.FULL_MARKS ? Tone.GOOD : reward > 0 ? Tone.NEUTRAL : Tone.BAD;
    String text = reward == null ? "no reward" : String.format(Locale.ROOT, "%.3f", reward);
    return "<div>" + tone.word(text).html() + "</div>";
  }

  /** Returns length, ending and reason of an answer. */
  static String remark(AnswerSight answer) {
    String length = NumberText.counted(answer.length(), "token");
    String cut =
        answer.cut() ? ", <span style=\"color:" + Tone.WARNING.hex() + "\">cut off</span>" : "";
    String reason = answer.reason().isEmpty() ? "" : "; " + HtmlText.escape(answer.reason(), 2_000);
    return "<div style=\"font-size:12px;" + Sheet.SOFT + "\">" + length + cut + reason + "</div>";
  }
}
