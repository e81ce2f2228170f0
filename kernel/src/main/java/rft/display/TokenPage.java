package rft.display;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import rft.command.AnswerSight;
import rft.command.TokenColour;
import rft.command.TokenSight;
import rft.run.HtmlText;

/**
 * HTML with coloured tokens. The colouring that was asked for is written into each token, so that
 * it survives front-ends that drop style sheets; where a style sheet is kept, radio buttons switch
 * between the colourings without a script.
 */
final class TokenPage {
  static final String MONO =
      "font-family:ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;";
  private static final int MOST_TOKENS = 2_000;

  private final List<TokenShade> shades;
  private final TokenShade chosen;
  private final StringBuilder rows = new StringBuilder();

  /**
   * An empty page.
   *
   * @param chosen the colouring to begin with, or the first of them where it is not among them
   * @param shades the colourings to switch between; none where no tokens are known
   */
  TokenPage(TokenColour chosen, TokenShade... shades) {
    this.shades = List.of(shades);
    TokenShade wanted = TokenShade.of(chosen);
    this.chosen = shades.length == 0 || this.shades.contains(wanted) ? wanted : shades[0];
  }

  TokenPage add(String html) {
    rows.append(html);
    return this;
  }

  /**
   * Adds the tokens of an answer.
   *
   * @param faint how many tokens at the start are shown faintly
   */
  TokenPage tokens(AnswerSight answer, double advantage, double most, int faint) {
    rows.append("<div style=\"").append(MONO);
    rows.append("white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.7\">");
    if (answer.tokens().isEmpty()) {
      rows.append(HtmlText.escape(answer.text(), 20_000));
    }
    int shown = Math.min(MOST_TOKENS, answer.tokens().size());
    for (int i = 0; i < shown; i++) {
      token(answer.tokens().get(i), advantage, most, i < faint, faint > 0 && i == faint);
    }
    if (shown < answer.tokens().size()) {
      rows.append(" .. and ").append(answer.tokens().size() - shown).append(" tokens more");
    }
    rows.append("</div>");
    return this;
  }

  private void token(
      TokenSight token, double advantage, double most, boolean faint, boolean parting) {
    StringBuilder classes = new StringBuilder("rft-t");
    for (TokenShade shade : shades) {
      int level = shade.level(token, advantage, most);
      if (level != 0) {
        classes.append(' ').append(shade.classOf(level));
      }
    }
    int level = chosen.level(token, advantage, most);
    rows.append("<span class=\"").append(classes).append("\" title=\"").append(title(token));
    rows.append("\" style=\"border-radius:2px;padding:1px 0");
    if (level != 0) {
      rows.append(";background-color:").append(chosen.background(level));
    }
    rows.append(faint ? ";opacity:0.55" : "");
    rows.append(parting ? ";border-left:2px solid #d1483f" : "").append("\">");
    rows.append(text(token)).append("</span>");
  }

  private static String text(TokenSight token) {
    if (token.text().isEmpty()) {
      return "<span style=\"font-size:75%;opacity:0.6\">"
          + HtmlText.escape(token.mark())
          + "</span>";
    }
    return HtmlText.escape(token.text())
        .replace("\n", "<span style=\"opacity:0.5\">\u21b5</span>\n");
  }

  private static String title(TokenSight token) {
    StringBuilder title = new StringBuilder();
    Double logProb = token.logProb();
    if (logProb != null) {
      title.append(String.format(Locale.ROOT, "p %.3f, log-prob %.2f", Math.exp(logProb), logProb));
    }
    Double entropy = token.entropy();
    if (entropy != null) {
      title.append(String.format(Locale.ROOT, ", entropy %.2f", entropy));
    }
    Double other = token.otherLogProb();
    if (other != null) {
      title.append(String.format(Locale.ROOT, ", other policy p %.3f", Math.exp(other)));
    }
    return title.toString();
  }

  /** Returns the whole page. */
  String html() {
    StringBuilder html = new StringBuilder("<form style=\"font-size:13px;line-height:1.45\">");
    html.append(style());
    CRC32 content = new CRC32();
    content.update(rows.toString().getBytes(StandardCharsets.UTF_8));
    String id = "rft-" + Long.toHexString(content.getValue());
    if (shades.size() > 1) {
      for (TokenShade shade : shades) {
        String name = id + shade.letter();
        html.append("<input hidden type=\"radio\" name=\"").append(id).append("\" id=\"");
        html.append(name).append("\" class=\"rft-radio rft-as-").append(shade.letter());
        html.append(shade == chosen ? "\" checked>" : "\">");
        html.append("<label hidden class=\"rft-radio\" for=\"").append(name).append("\">");
        html.append(shade.colour().optionName()).append("</label>");
      }
    }
    for (TokenShade shade : shades) {
      html.append(legend(shade));
    }
    return html.append("<div class=\"rft-rows\">").append(rows).append("</div></form>").toString();
  }

  private String legend(TokenShade shade) {
    StringBuilder html = new StringBuilder("<div class=\"rft-legend rft-of-");
    html.append(shade.letter()).append('"').append(shade == chosen ? "" : " hidden");
    html.append(" style=\"").append(Sheet.SOFT).append(";font-size:12px;margin:2px 0 6px\">");
    html.append("Tokens by ").append(shade.colour().optionName()).append(": ");
    html.append(shade.low()).append(" ");
    for (int level = shade.twoSided() ? -TokenShade.STEPS : 0;
        level <= TokenShade.STEPS;
        level += 2) {
      html.append("<span style=\"display:inline-block;width:14px;height:10px;");
      html.append("vertical-align:middle;background-color:").append(shade.background(level));
      html.append(
          level == 0 ? ";border:1px solid rgba(128,128,128,0.35);width:12px;height:8px" : "");
      html.append("\"></span>");
    }
    html.append(" ").append(shade.high()).append(" <span style=\"opacity:0.8\">(");
    return html.append(HtmlText.escape(shade.colour().meaning()))
        .append(")</span></div>")
        .toString();
  }

  private String style() {
    StringBuilder css = new StringBuilder("<style>");
    css.append(
        ".rft-radio{display:inline-block!important;margin:0 8px 4px 0;vertical-align:middle}");
    css.append("input.rft-radio{margin-right:4px}label.rft-radio{cursor:pointer}");
    css.append(".rft-rows .rft-t{box-shadow:inset -1px 0 rgba(128,128,128,0.28)}");
    for (TokenShade shade : shades) {
      String on = ".rft-as-" + shade.letter() + ":checked~";
      css.append(on).append(".rft-legend{display:none!important}");
      css.append(on).append(".rft-of-").append(shade.letter()).append("{display:block!important}");
      String rule = on + ".rft-rows .";
      css.append(rule).append("rft-t{background-color:transparent!important}");
      for (int level = shade.twoSided() ? -TokenShade.STEPS : 1;
          level <= TokenShade.STEPS;
          level++) {
        if (level != 0) {
          css.append(rule).append(shade.classOf(level)).append("{background-color:");
          css.append(shade.background(level)).append("!important}");
        }
      }
    }
    return css.append("</style>").toString();
  }
}
