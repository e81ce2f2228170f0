package rft.magic;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import rft.cell.Completions;
import rft.cell.Completions.Candidate;
import rft.cell.JavaSession;
import rft.command.Workspace;

/** Completes magics, their arguments, the Java below them, and Java. */
final class MagicCompletion {
  private final JavaSession java;
  private final Workspace workspace;

  MagicCompletion(JavaSession java, Workspace workspace) {
    this.java = java;
    this.workspace = workspace;
  }

  Completions complete(String code, int cursor) {
    return complete(code.substring(0, cursor), cursor, 0);
  }

  private Completions complete(String before, int cursor, int from) {
    CursorPlace place = CursorPlace.whileTyping(before, cursor, from, java);
    if (place.magic().isEmpty()) {
      return java.complete(place.cell().code(), cursor);
    }
    Part.Magic magic = place.magic().get();
    if (place.inName()) {
      return names(magic, before, cursor);
    }
    if (place.inBody()) {
      return body(magic, before, cursor);
    }
    if (magic.name().equals("time")) {
      return complete(before, cursor, magic.tailStart());
    }
    int brace = openBrace(before, magic.tailStart());
    return brace < 0
        ? new ArgumentCompletion(new CellText(before), magic, cursor).complete()
        : variables(before, brace + 1, cursor);
  }

  private static Completions names(Part.Magic magic, String before, int cursor) {
    String typed = before.substring(Math.min(magic.nameStart(), cursor));
    List<Candidate> candidates = new ArrayList<>();
    add(candidates, "", typed, MagicTable.names(magic.isCellMagic()));
    boolean isFirst = before.substring(0, magic.start()).isBlank();
    if (!magic.isCellMagic() && isFirst && magic.target() == null) {
      add(candidates, "%", typed, MagicTable.names(true));
    }
    return new Completions(cursor - typed.length(), cursor, candidates);
  }

  private static void add(
      List<Candidate> candidates, String sign, String typed, Map<String, String> names) {
    names.forEach(
        (name, summary) -> {
          if (name.startsWith(typed)) {
            candidates.add(new Candidate(sign + name, "magic", summary));
          }
        });
  }

  private Completions body(Part.Magic magic, String before, int cursor) {
    int start = magic.bodyStart();
    return switch (magic.name()) {
      case "reward" ->
          RewardBody.isJava(magic)
              ? reward(before.substring(start), start)
              : Completions.none(cursor);
      case "time" -> complete(before, cursor, start);
      default -> Completions.none(cursor);
    };
  }

  private Completions reward(String body, int start) {
    int cursor = body.length();
    int word = cursor;
    while (word > 0 && Character.isJavaIdentifierPart(body.charAt(word - 1))) {
      word--;
    }
    Completions found = java.complete(RewardBody.prefix(body), body, cursor);
    boolean isName = word == 0 || body.charAt(word - 1) != '.';
    // JShell leaves the parameters of an unfinished method out.
    List<Candidate> candidates = isName ? parameters(body.substring(word)) : new ArrayList<>();
    if (candidates.isEmpty()) {
      return new Completions(found.start() + start, found.end() + start, found.candidates());
    }
    if (found.start() == word) {
      found.candidates().stream()
          .filter(each -> candidates.stream().noneMatch(c -> c.text().equals(each.text())))
          .toList()
          .forEach(candidates::add);
    }
    return new Completions(word + start, cursor + start, candidates);
  }

  private static List<Candidate> parameters(String typed) {
    List<Candidate> candidates = new ArrayList<>();
    RewardBody.VARIABLES.forEach(
        (name, text) -> {
          if (name.startsWith(typed)) {
            candidates.add(new Candidate(name, "variable", text));
          }
        });
    return candidates;
  }

  /** Returns the offset of a brace behind which a variable's name is being typed, else -1. */
  private static int openBrace(String before, int from) {
    int at = before.length();
    while (at > from && Character.isJavaIdentifierPart(before.charAt(at - 1))) {
      at--;
    }
    boolean isOpen = at > from && before.charAt(at - 1) == '{';
    return isOpen && (at < 2 || before.charAt(at - 2) != '\\') ? at - 1 : -1;
  }

  private Completions variables(String before, int start, int cursor) {
    Set<String> names = new LinkedHashSet<>();
    java.variables().forEach(variable -> names.add(variable.name()));
    names.addAll(workspace.entries().keySet());
    String typed = before.substring(start);
    return new Completions(
        start,
        cursor,
        names.stream()
            .filter(name -> name.startsWith(typed))
            .map(name -> new Candidate(name, "variable", ""))
            .toList());
  }
}
