package rft.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rft.gguf.GgufFolder;
import rft.gguf.GgufWeights;

/** The licence of a model, as far as its folder says so. */
public final class ModelLicence {
  private static final Pattern STATED = Pattern.compile("license:\\s*['\"]?([\\w.-]+)['\"]?\\s*");
  private static final Pattern NAMED =
      Pattern.compile("(?i)\\b(apache-2\\.0|mit license|cc-by(?:-[a-z]+)*-\\d\\.\\d)\\b");

  private ModelLicence() {}

  /**
   * Returns what the front matter of the model's README.md states, else what its text names, else
   * what its GGUF file states; empty where the folder says nothing.
   */
  public static Optional<String> of(Path folder) throws IOException {
    Path readme = folder.resolve("README.md");
    if (!Files.isRegularFile(readme)) {
      return ofFile(folder.resolve(GgufFolder.MODEL));
    }
    List<String> lines = Files.readAllLines(readme);
    if (!lines.isEmpty() && lines.get(0).equals("---")) {
      for (String line : lines.subList(1, lines.size())) {
        Matcher stated = STATED.matcher(line);
        if (line.equals("---")) {
          break;
        } else if (stated.matches()) {
          return Optional.of(stated.group(1));
        }
      }
    }
    return lines.stream()
        .map(NAMED::matcher)
        .filter(Matcher::find)
        .findFirst()
        .map(named -> named.group(1).toLowerCase(Locale.ROOT).replace(" license", ""));
  }

  private static Optional<String> ofFile(Path gguf) {
    if (!Files.isRegularFile(gguf)) {
      return Optional.empty();
    }
    try (GgufWeights weights = GgufWeights.open(gguf)) {
      return weights.licence();
    }
  }
}
