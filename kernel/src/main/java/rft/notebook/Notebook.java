package rft.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import rft.command.CommandException;
import rft.command.ExitCode;

/**
 * A notebook in memory. Whatever its file holds that nobody here knows stays in it; texts are
 * whole, not cut into lines. It is of nbformat 4.5 at least, so that every cell has an id.
 */
final class Notebook {
  private static final int MAJOR = 4;

  /** The first format in which cells have ids. */
  private static final int MINOR = 5;

  private static final int ID_LENGTH = 8;

  private final ObjectNode root;

  private Notebook(ObjectNode root) {
    this.root = root;
  }

  /**
   * Returns the notebook that a file holds.
   *
   * @param name of the file, for messages
   * @throws CommandException if the text is no notebook of format 4
   */
  static Notebook parse(String text, String name) {
    JsonNode tree;
    try {
      tree = JupyterJson.read(text);
    } catch (JsonProcessingException e) {
      throw refused(
          name + ":" + e.getLocation().getLineNr() + " is not JSON: " + e.getOriginalMessage());
    }
    if (!(tree instanceof ObjectNode root) || !root.path("cells").isArray()) {
      throw refused(name + " is no notebook: it has no list of cells");
    }
    int format = root.path("nbformat").asInt();
    if (format != MAJOR) {
      throw refused(
          name
              + " has notebook format "
              + format
              + ", and only format 4 can be run; open and save it in JupyterLab, which converts"
              + " it");
    }
    for (JsonNode cell : root.path("cells")) {
      if (!cell.isObject() || !cell.path("cell_type").isTextual()) {
        throw refused(name + " holds a cell without a cell_type");
      }
    }
    SplitLines.join(root);
    Notebook notebook = new Notebook(root);
    notebook.completeCells();
    return notebook;
  }

  private static CommandException refused(String message) {
    return new CommandException(ExitCode.FAILED, message);
  }

  /** Gives every cell its id, and code cells the fields that the format asks for. */
  private void completeCells() {
    if (root.path("nbformat_minor").asInt() < MINOR) {
      root.put("nbformat_minor", MINOR);
    }
    root.withObject("/metadata");
    Set<String> ids = new HashSet<>();
    cells().forEach(cell -> ids.add(cell.path("id").asText()));
    int number = 0;
    for (ObjectNode cell : cells()) {
      number++;
      cell.withObject("/metadata");
      if (!cell.path("id").isTextual()) {
        cell.put("id", newId(number + cell.path("source").asText(), ids));
      }
      if (CodeCell.isCode(cell)) {
        cell.withArray("outputs");
        if (!cell.has("execution_count")) {
          cell.putNull("execution_count");
        }
      }
    }
  }

  /** Returns an id that the same notebook gets again, so that two runs save the same file. */
  private static String newId(String seed, Set<String> taken) {
    String id = "";
    for (int attempt = 0; id.isEmpty() || !taken.add(id); attempt++) {
      byte[] name = (attempt + seed).getBytes(StandardCharsets.UTF_8);
      id = UUID.nameUUIDFromBytes(name).toString().substring(0, ID_LENGTH);
    }
    return id;
  }

  /** Returns the text of the file. */
  String text() {
    ObjectNode copy = root.deepCopy();
    SplitLines.split(copy);
    return JupyterJson.write(copy) + "\n";
  }

  /** Returns the code cells in order; changes to them are changes of this notebook. */
  List<CodeCell> codeCells() {
    List<CodeCell> code = new ArrayList<>();
    int number = 0;
    for (ObjectNode cell : cells()) {
      number++;
      if (CodeCell.isCode(cell)) {
        code.add(new CodeCell(cell, number));
      }
    }
    return code;
  }

  private List<ObjectNode> cells() {
    List<ObjectNode> cells = new ArrayList<>();
    root.path("cells").forEach(cell -> cells.add((ObjectNode) cell));
    return cells;
  }

  /** Returns the language in lower case; {@code java} where the notebook names none. */
  String language() {
    JsonNode metadata = root.path("metadata");
    String named = metadata.path("kernelspec").path("language").asText();
    String used = named.isEmpty() ? metadata.path("language_info").path("name").asText() : named;
    return used.isEmpty() ? "java" : used.toLowerCase(Locale.ROOT);
  }

  /** Records which language the kernel that ran it speaks. */
  void setLanguageInfo(JsonNode languageInfo) {
    root.withObject("/metadata").set("language_info", languageInfo);
  }

  /** Returns where its outputs were made, as far as it says so. */
  MadeOn madeOn() {
    return new MadeOn(root.path("metadata").path("rft").path("made_on").asText());
  }

  /** Records where its outputs were made. */
  void setMadeOn(MadeOn place) {
    root.withObject("/metadata").withObject("/rft").put("made_on", place.key());
  }

  /** Returns a new code cell, put behind another one. */
  CodeCell insertAfter(CodeCell before, String source, String tag) {
    ArrayNode cells = root.withArray("cells");
    int index = before.number();
    ObjectNode cell = cells.insertObject(index);
    Set<String> ids = new HashSet<>();
    cells().forEach(other -> ids.add(other.path("id").asText()));
    cell.put("cell_type", "code");
    cell.put("id", newId(tag + before.id(), ids));
    cell.withObject("/metadata").withArray("tags").add(tag);
    cell.put("source", source);
    cell.withArray("outputs");
    cell.putNull("execution_count");
    return new CodeCell(cell, index + 1);
  }

  void remove(CodeCell cell) {
    root.withArray("cells").remove(cell.number() - 1);
  }
}
