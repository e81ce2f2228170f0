package rft.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import rft.run.RunHome;

/**
 * Takes the folders of this machine out of what cells have shown, because a saved notebook is read
 * elsewhere: those of the product become relative, that of the runs {@code ~/.rft}.
 *
 * @param names what stands for each folder
 */
record PortableOutputs(Map<String, String> names) {
  PortableOutputs {
    names = new LinkedHashMap<>(names);
  }

  /** Returns the names for the folders of a kernel. */
  static PortableOutputs of(KernelLaunch launch) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put(RunHome.standard().root().toString(), "~/.rft");
    Path root = launch.root().toAbsolutePath().normalize();
    names.put(root + root.getFileSystem().getSeparator(), "");
    return new PortableOutputs(names);
  }

  void apply(Notebook notebook) {
    notebook.codeCells().forEach(cell -> apply(cell.outputs()));
  }

  private void apply(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                if (field.getValue().isTextual()) {
                  object.put(field.getKey(), named(field.getValue().textValue()));
                } else {
                  apply(field.getValue());
                }
              });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i).isTextual()) {
          array.set(i, array.textNode(named(array.get(i).textValue())));
        } else {
          apply(array.get(i));
        }
      }
    }
  }

  private String named(String text) {
    String result = text;
    for (Map.Entry<String, String> folder : names.entrySet()) {
      result = result.replace(folder.getKey(), folder.getValue());
    }
    return result;
  }
}
