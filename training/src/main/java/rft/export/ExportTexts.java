package rft.export;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is written beside the weights for people.
 *
 * @param name what the model is called
 * @param files texts by file name, for example a README.md
 */
public record ExportTexts(String name, Map<String, String> files) {
  public ExportTexts {
    files = Map.copyOf(files);
  }

  /** Returns none. */
  public static ExportTexts none(String name) {
    return new ExportTexts(name, Map.of());
  }

  void write(StagedFolder staged) throws IOException {
    for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
      Files.writeString(staged.file(file.getKey()), file.getValue());
    }
  }
}
