package rft.magic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import rft.cell.CellError;

/** Runs a file as if its text stood in the cell. */
@Command(
    name = "load",
    description = "Run a file of Java or all code cells of a notebook.",
    footer = "  %load setup.jsh")
final class LoadMagic implements CellCommand {
  private static final List<String> ENDINGS = List.of("", ".jsh", ".jshell", ".java", ".ipynb");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(
      arity = "1",
      paramLabel = "FILE",
      description = "A .jsh, .java or .ipynb file; its ending may be left out.")
  private String file = "";

  LoadMagic() {}

  @Override
  public Optional<Object> run(MagicCall call) throws IOException, CellError {
    Path path =
        ENDINGS.stream()
            .map(ending -> Path.of(FilePattern.expanded(file) + ending))
            .filter(Files::isRegularFile)
            .findFirst()
            .orElseThrow(
                () ->
                    call.wrong(
                        file,
                        "UnknownFile",
                        "no file \"" + file + "\" in " + Path.of("").toAbsolutePath()));
    Optional<Object> value = Optional.empty();
    for (String code : codes(call, path)) {
      value = run(call, path, code);
    }
    return value;
  }

  private static Optional<Object> run(MagicCall call, Path path, String code) throws CellError {
    try {
      return call.runner().run(new CellText(code), 0, code.length());
    } catch (CellError e) {
      List<String> lines =
          Stream.concat(Stream.of("in " + path + ":"), e.traceback().stream()).toList();
      throw new CellError(e.errorName(), e.getMessage(), lines);
    }
  }

  private List<String> codes(MagicCall call, Path path) throws IOException {
    String text = Files.readString(path);
    if (!path.toString().endsWith(".ipynb")) {
      // A package statement has no meaning in a cell.
      return List.of(text.replaceFirst("(?m)^\\s*package\\s+[\\w.]+\\s*;", ""));
    }
    JsonNode cells = JSON.readTree(text).path("cells");
    if (!cells.isArray()) {
      throw call.wrong(file, "BadNotebook", path + " is no notebook: it has no cells");
    }
    List<String> codes = new ArrayList<>();
    for (JsonNode cell : cells) {
      if (cell.path("cell_type").asText().equals("code")) {
        StringBuilder code = new StringBuilder(cell.path("source").asText(""));
        cell.path("source").forEach(line -> code.append(line.asText()));
        codes.add(code.toString());
      }
    }
    return codes;
  }
}
