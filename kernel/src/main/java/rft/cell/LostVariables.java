package rft.cell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/**
 * The variables whose type a cell declared anew. JShell empties them, and forgets those whose
 * declaration does not fit the new type; it says so to nobody but us.
 */
final class LostVariables {
  private final JShell shell;
  private final Variables variables;
  private final Map<String, List<VarSnippet>> byType = new LinkedHashMap<>();

  LostVariables(JShell shell) {
    this.shell = shell;
    this.variables = new Variables(shell);
  }

  /**
   * Takes note of an event that may have emptied a variable; returns whether it is one.
   *
   * @param declared what the cell declared and caused it by
   */
  boolean note(SnippetEvent event, String declared) {
    if (event.causeSnippet() == null
        || event.previousStatus() != Status.VALID
        || event.status() == Status.OVERWRITTEN
        || !(event.snippet() instanceof VarSnippet variable)) {
      return false;
    }
    byType.computeIfAbsent(declared, type -> new ArrayList<>()).add(variable);
    return true;
  }

  /** Returns a sentence for those that nothing has set since; to be called when a cell ends. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    byType.forEach(
        (type, all) -> {
          List<String> empty = new ArrayList<>();
          List<String> gone = new ArrayList<>();
          for (VarSnippet each : all) {
            Status status = shell.status(each);
            if (status == Status.VALID && variables.value(each.name()).isEmpty()) {
              empty.add(each.name());
            } else if (status == Status.RECOVERABLE_NOT_DEFINED) {
              gone.add(each.name());
            }
          }
          add(sentences, type, empty, empty.size() == 1 ? "holds null" : "hold null");
          add(sentences, type, gone, gone.size() == 1 ? "is gone" : "are gone");
        });
    return sentences;
  }

  private static void add(List<String> sentences, String type, List<String> names, String what) {
    if (!names.isEmpty()) {
      sentences.add(
          "%s was declared anew, so %s %s now: run again what sets %s"
              .formatted(type, String.join(", ", names), what, names.size() == 1 ? "it" : "them"));
    }
  }
}
