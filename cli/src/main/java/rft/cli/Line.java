package rft.cli;

import java.util.ArrayList;
import java.util.List;
import rft.run.PrintableText;

/** One line to print, in pieces of different style. Whatever the pieces hold, they are escaped. */
final class Line {
  private record Piece(Style style, String text) {}

  private final List<Piece> pieces = new ArrayList<>();

  static Line of(String text) {
    return new Line().plus(text);
  }

  static Line of(Style style, String text) {
    return new Line().plus(style, text);
  }

  Line plus(String text) {
    return plus(Style.PLAIN, text);
  }

  Line plus(Style style, String text) {
    pieces.add(new Piece(style, PrintableText.line(text)));
    return this;
  }

  /** Returns the number of characters it takes on the screen, for text without wide characters. */
  int width() {
    return pieces.stream().mapToInt(p -> p.text().codePointCount(0, p.text().length())).sum();
  }

  String render(boolean colored) {
    StringBuilder out = new StringBuilder();
    pieces.forEach(p -> out.append(colored ? p.style().paint(p.text()) : p.text()));
    return out.toString();
  }
}
