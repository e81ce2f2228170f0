package rft.notebook;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Small notebooks to test with. */
final class Cells {
  private Cells() {}

  /** Returns a Java notebook of these code cells. */
  static Notebook notebook(String... sources) {
    return Notebook.parse(text(sources), "test.ipynb");
  }

  static String text(String... sources) {
    String cells =
        Stream.of(sources).map(source -> cell(source, "")).collect(Collectors.joining(","));
    return file(cells);
  }

  /** Returns a notebook file of these cells, which are JSON. */
  static String file(String cells) {
    return "{\"cells\":["
        + cells
        + "],\"metadata\":{\"kernelspec\":{\"display_name\":\"Java\",\"language\":\"java\","
        + "\"name\":\"java\"}},\"nbformat\":4,\"nbformat_minor\":5}";
  }

  /** Returns a code cell as JSON; the tag may be empty. */
  static String cell(String source, String tag) {
    String tags = tag.isEmpty() ? "" : "\"tags\":[\"" + tag + "\"]";
    String json = source.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return "{\"cell_type\":\"code\",\"execution_count\":null,\"metadata\":{"
        + tags
        + "},\"outputs\":[],\"source\":\""
        + json
        + "\"}";
  }
}
