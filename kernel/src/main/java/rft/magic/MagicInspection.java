package rft.magic;

import java.util.List;
import java.util.Optional;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import rft.cell.Documentation;
import rft.cell.JavaSession;
import rft.display.Shown;

/** Says what a magic, one of its options, or a name in Java is. */
final class MagicInspection {
  private final JavaSession java;

  MagicInspection(JavaSession java) {
    this.java = java;
  }

  Optional<DisplayData> inspect(String code, int cursor, int detail) {
    return inspect(code, cursor, 0, detail);
  }

  private Optional<DisplayData> inspect(String code, int cursor, int from, int detail) {
    CursorPlace place = CursorPlace.inWholeCell(code, cursor, from, java);
    if (place.magic().isEmpty()) {
      return java.document(place.cell().code(), cursor).map(found -> bundle(found, detail));
    }
    Part.Magic magic = place.magic().get();
    if (place.inBody()) {
      return body(magic, code, cursor, detail);
    }
    if (magic.name().equals("time") && !place.inName()) {
      return inspect(code, cursor, magic.tailStart(), detail);
    }
    return Optional.ofNullable(page(code, magic, cursor)).map(MagicInspection::bundle);
  }

  private Optional<DisplayData> body(Part.Magic magic, String code, int cursor, int detail) {
    int start = magic.bodyStart();
    if (magic.name().equals("time")) {
      return inspect(code, cursor, start, detail);
    }
    if (!magic.name().equals("reward") || !RewardBody.isJava(magic)) {
      return Optional.empty();
    }
    String known = RewardBody.VARIABLES.get(wordAt(code, cursor));
    if (known != null) {
      return Optional.of(new DisplayData(known));
    }
    String body = code.substring(start);
    return java.document(RewardBody.prefix(body), body, cursor - start)
        .map(found -> bundle(found, detail));
  }

  private static @Nullable Shown page(String code, Part.Magic magic, int cursor) {
    int tailEnd = magic.tailStart() + magic.tail().length();
    List<Token> tokens = ArgumentLexer.typedSoFar(new CellText(code), magic.tailStart(), tailEnd);
    String second = tokens.isEmpty() ? "" : tokens.get(0).text();
    Optional<FoundMagic> found = MagicTable.find(magic.name(), magic.isCellMagic(), second);
    if (found.isPresent()) {
      CommandSpec spec = MagicParser.of(found.get()).spec();
      for (int i = 0; i < tokens.size(); i++) {
        Token token = tokens.get(i);
        if (cursor >= token.start() && cursor <= token.end()) {
          ArgSpec option = optionOf(spec, tokens, i);
          return option == null ? HelpPage.of(spec) : HelpPage.ofOption(spec, option);
        }
      }
    }
    return HelpMagic.page(magic.name(), magic.isCellMagic(), second);
  }

  /** Returns the option that a token is, or is the value of; null for neither. */
  private static @Nullable ArgSpec optionOf(CommandSpec spec, List<Token> tokens, int index) {
    Token token = tokens.get(index);
    ArgSpec own =
        spec.findOption(token.isOption() ? token.optionName() : "--" + token.optionName());
    if (own != null && (token.isOption() || token.text().contains("="))) {
      return own;
    }
    Token before = index == 0 ? token : tokens.get(index - 1);
    return before.isOption() ? spec.findOption(before.text()) : null;
  }

  private static String wordAt(String code, int cursor) {
    int start = Math.min(cursor, code.length());
    int end = start;
    while (start > 0 && Character.isJavaIdentifierPart(code.charAt(start - 1))) {
      start--;
    }
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    return code.substring(start, end);
  }

  private static DisplayData bundle(Documentation found, int detail) {
    DisplayData bundle = new DisplayData(found.plain(detail));
    bundle.putHTML(found.html(detail));
    return bundle;
  }

  private static DisplayData bundle(Shown page) {
    DisplayData bundle = new DisplayData(page.text());
    bundle.putHTML(page.html());
    return bundle;
  }
}
