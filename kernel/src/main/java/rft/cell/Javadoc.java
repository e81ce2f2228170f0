package rft.cell;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Documentation comments as plain text. */
final class Javadoc {
  private static final Pattern INLINE = Pattern.compile("\\{@\\w+\\s*([^{}]*)\\}");
  private static final Pattern BREAK =
      Pattern.compile(
          "(?i)\\s*<(p|/p|br|ul|/ul|ol|/ol|pre|/pre|h\\d|/h\\d|blockquote|dl|dd|dt|tr)\\b[^>]*>\\s*");
  private static final Pattern ITEM = Pattern.compile("(?i)\\s*<li\\b[^>]*>\\s*");
  private static final Pattern TAG = Pattern.compile("<[a-zA-Z/][^>]*>");
  private static final Pattern BLOCK = Pattern.compile("(?m)^\\s*@(\\w+)");
  private static final Pattern EMPTY_LINES = Pattern.compile("\n\\s*\n\\s*");

  private Javadoc() {}

  /** Returns the text of a comment without markup; empty for none. */
  static String plain(@Nullable String comment) {
    if (comment == null) {
      return "";
    }
    String text = comment;
    for (String before = ""; !before.equals(text); ) {
      before = text;
      text = INLINE.matcher(text).replaceAll("$1");
    }
    text = ITEM.matcher(text).replaceAll("\n- ");
    text = BREAK.matcher(text).replaceAll("\n\n");
    text = TAG.matcher(text).replaceAll("");
    text = BLOCK.matcher(text).replaceAll("\n@$1");
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ");
    text = text.replace("&quot;", "\"").replace("&#064;", "@").replace("&amp;", "&");
    StringBuilder lines = new StringBuilder();
    text.lines().forEach(line -> lines.append(line.strip()).append('\n'));
    return EMPTY_LINES.matcher(lines.toString().strip()).replaceAll("\n\n");
  }
}
