package rft.display;

import java.util.Locale;
import rft.command.Chat;
import rft.run.HtmlText;
import rft.run.NumberText;

/** Shows a conversation, or two beside each other. */
final class ChatView {
  private static final int MOST_CHARACTERS = 50_000;
  private static final String WRITTEN = "white-space:pre-wrap;overflow-wrap:anywhere";

  private ChatView() {}

  static Shown of(Chat.Talk talk) {
    StringBuilder html = new StringBuilder();
    String system = talk.system();
    if (system != null) {
      html.append("<div style=\"")
          .append(Sheet.SOFT)
          .append(';')
          .append(WRITTEN)
          .append("\">system: ");
      html.append(HtmlText.escape(system, MOST_CHARACTERS)).append("</div>");
    }
    for (Chat.Turn turn : talk.turns()) {
      html.append("<div style=\"margin:8px 0 2px;padding:4px 10px;border-radius:4px;");
      html.append("background-color:rgba(128,128,128,0.13);").append(WRITTEN).append("\">");
      html.append(HtmlText.escape(turn.message(), MOST_CHARACTERS)).append("</div>");
      Chat.Reply base = turn.base();
      if (base == null) {
        html.append(reply("", turn.reply()));
      } else {
        html.append("<div style=\"display:flex\">").append(SideBySide.OPEN_SIDE);
        html.append(reply("base", base)).append("</div>").append(SideBySide.OPEN_SIDE);
        html.append(reply(talk.tuned() == null ? "tuned" : talk.tuned(), turn.reply()));
        html.append("</div></div>");
      }
    }
    return new Shown(html.toString(), talk.text().orElse(""));
  }

  private static String reply(String who, Chat.Reply reply) {
    String name =
        who.isEmpty()
            ? ""
            : "<div style=\"font-size:12px;" + Sheet.SOFT + "\">" + HtmlText.escape(who) + "</div>";
    String text =
        reply.text().isEmpty()
            ? "<span style=\"" + Sheet.SOFT + "\">(empty)</span>"
            : HtmlText.escape(reply.text(), MOST_CHARACTERS);
    String facts =
        String.format(
            Locale.ROOT,
            "%s, %.0f tokens/s%s",
            NumberText.counted(reply.tokens(), "token"),
            reply.tokensPerSecond(),
            reply.cut() ? ", cut off" : "");
    return "<div style=\"padding:4px 10px;border-left:3px solid "
        + Bars.UP
        + "\">"
        + name
        + "<div style=\""
        + WRITTEN
        + "\">"
        + text
        + "</div><div style=\"font-size:12px;"
        + Sheet.SOFT
        + "\">"
        + facts
        + "</div></div>";
  }
}
