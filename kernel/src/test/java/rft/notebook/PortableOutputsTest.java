package rft.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PortableOutputsTest {
  @Test
  void foldersOfTheMachineStayOutOfEveryOutput() {
    Notebook notebook = Notebook.parse(Cells.text("1"), "n");
    CodeCell cell = notebook.codeCells().get(0);
    var data = cell.outputs().addObject().put("output_type", "stream").put("text", "in /a/b/c/x");
    data.putObject("data")
        .put("text/html", "<b>/home/me/.rft/runs/r</b>")
        .put("text/plain", "/a/b/d");
    cell.outputs().addObject().putArray("traceback").add("at /a/b/c/y").add("at z");
    Map<String, String> names = new LinkedHashMap<>();
    names.put("/home/me/.rft", "~/.rft");
    names.put("/a/b/c/", "");
    new PortableOutputs(names).apply(notebook);
    assertEquals("in x", cell.outputs().at("/0/text").asText());
    assertEquals("<b>~/.rft/runs/r</b>", cell.outputs().at("/0/data/text~1html").asText());
    assertEquals("/a/b/d", cell.outputs().at("/0/data/text~1plain").asText());
    assertEquals("at y", cell.outputs().at("/1/traceback/0").asText());
  }
}
