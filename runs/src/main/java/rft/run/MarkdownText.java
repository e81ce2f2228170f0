package rft.run;

import java.util.List;
import java.util.stream.Collectors;

/** A text in Markdown as it grows. Names of users are shown, never interpreted. */
final class MarkdownText {
  private static final int MOST_CODE = 20_000;

  private final StringBuilder text = new StringBuilder();

  /** Returns a user's text on one line, without what Markdown takes for marks. */
  static String plain(String text) {
    return PrintableText.line(text).replaceAll("[|`<>\\[\\]*#\\\\]", " ").replace("_", "\\_");
  }

  void line(String line) {
    text.append(line).append('\n');
  }

  void heading(int level, String heading) {
    line("#".repeat(level) + " " + plain(heading) + "\n");
  }

  /** Adds text that is Markdown already. */
  void paragraph(String markdown) {
    line(markdown.strip() + "\n");
  }

  void table(List<String> heads, List<List<String>> rows) {
    line(row(heads));
    line("|" + "---|".repeat(heads.size()));
    rows.forEach(cells -> line(row(cells)));
    line("");
  }

  private static String row(List<String> cells) {
    return cells.stream().map(MarkdownText::plain).collect(Collectors.joining(" | ", "| ", " |"));
  }

  /** Adds code, which cannot end its own block. */
  void code(String language, String code) {
    String shown = code.length() <= MOST_CODE ? code : code.substring(0, MOST_CODE) + "\n..";
    String fence = "```";
    while (shown.contains(fence)) {
      fence += "`";
    }
    line(
        fence + language + "\n" + PrintableText.block(shown).stripTrailing() + "\n" + fence + "\n");
  }

  @Override
  public String toString() {
    return text.toString().stripTrailing() + "\n";
  }
}
