package rft.notebook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.dataset.NearestName;

/**
 * Values that replace those of a notebook's cell tagged {@code parameters}: a cell behind it,
 * tagged {@code injected-parameters}, assigns them again, so that every variable keeps its declared
 * type.
 *
 * @param values Java text or, for a text variable, the bare text, by variable
 * @see <a href="https://papermill.readthedocs.io/en/latest/usage-parameterize.html">papermill</a>,
 *     whose tags these are
 */
record Overrides(Map<String, String> values) {
  private static final String DECLARED = "parameters";
  private static final String INJECTED = "injected-parameters";
  private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");

  /** A declaration with its initial value, at the start of a line. */
  private static final Pattern DECLARATION =
      Pattern.compile(
          "^[ \\t]*(?:final[ \\t]+)?([\\p{L}_$][\\w.$]*(?:<[^=;]*>)?(?:\\[\\])*)[ \\t]+"
              + "([\\p{L}_$][\\w$]*)[ \\t]*=[ \\t]*([^;\\n]*)",
          Pattern.MULTILINE);

  Overrides {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    for (String name : values.keySet()) {
      if (!NAME.matcher(name).matches()) {
        throw new CommandException(
            ExitCode.USAGE, "--set " + name + ": this is no Java variable's name");
      }
    }
  }

  private record Declaration(String type, String initial) {
    boolean isText() {
      return type.equals("String") || (type.equals("var") && initial.startsWith("\""));
    }

    boolean isChar() {
      return type.equals("char") || (type.equals("var") && initial.startsWith("'"));
    }
  }

  /**
   * Adds the cell, in place of one that an earlier run added.
   *
   * @throws CommandException if no cell is tagged, or none of its variables has such a name
   */
  void injectInto(Notebook notebook) {
    if (values.isEmpty()) {
      return;
    }
    find(notebook, INJECTED).ifPresent(notebook::remove);
    CodeCell declaring =
        find(notebook, DECLARED)
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.USAGE,
                        "--set needs a cell tagged \""
                            + DECLARED
                            + "\" that declares the variables; tag one (JupyterLab: the gear at"
                            + " the right)"));
    Map<String, Declaration> declared = declarations(declaring.source());
    List<String> lines = new ArrayList<>(List.of("// Parameters"));
    values.forEach((name, value) -> lines.add(name + " = " + java(name, value, declared) + ";"));
    notebook.insertAfter(declaring, String.join("\n", lines), INJECTED);
  }

  private static Optional<CodeCell> find(Notebook notebook, String tag) {
    return notebook.codeCells().stream().filter(cell -> cell.hasTag(tag)).findFirst();
  }

  private static Map<String, Declaration> declarations(String source) {
    Map<String, Declaration> declared = new LinkedHashMap<>();
    Matcher matcher = DECLARATION.matcher(source);
    while (matcher.find()) {
      declared.put(matcher.group(2), new Declaration(matcher.group(1), matcher.group(3)));
    }
    return declared;
  }

  private static String java(String name, String value, Map<String, Declaration> declared) {
    Declaration variable = declared.get(name);
    if (variable == null) {
      throw new CommandException(
          ExitCode.USAGE,
          "--set "
              + name
              + ": the parameters cell declares no such variable"
              + NearestName.hint(name, declared.keySet())
              + " (it declares "
              + String.join(", ", declared.keySet())
              + ")");
    }
    if (variable.isText()) {
      return "\"" + escape(value) + "\"";
    }
    if (variable.isChar()) {
      return "'" + escape(value) + "'";
    }
    return switch (variable.type()) {
      case "long", "Long" -> value.matches("[-+]?\\d+") ? value + "L" : value;
      case "float", "Float" -> value.matches("[-+.\\deE]+") ? value + "f" : value;
      case "Double" -> value.matches("[-+.\\deE]+") ? value + "d" : value;
      default -> value;
    };
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("'", "\\'")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }
}
