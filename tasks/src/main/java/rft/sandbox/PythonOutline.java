package rft.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a Python source defines at its top level, found out without running any of it.
 *
 * @param functions its functions, in order
 * @param names other names that it imports or assigns
 */
public record PythonOutline(List<Function> functions, List<String> names) {
  private static final Duration TIME = Duration.ofSeconds(20);

  /**
   * One function.
   *
   * @param name of the function
   * @param line where it begins, 1-based
   * @param arguments names of those that can be given by position
   * @param required how many of them must be given
   */
  public record Function(String name, int line, List<String> arguments, int required) {
    public Function {
      arguments = List.copyOf(arguments);
    }
  }

  public PythonOutline {
    functions = List.copyOf(functions);
    names = List.copyOf(names);
  }

  /**
   * Returns what a source defines.
   *
   * @throws PythonException if it is no Python, with line and column
   * @throws NoSandboxException if this machine has none, or no Python in it
   */
  public static PythonOutline of(String file, String source)
      throws IOException, InterruptedException {
    Limits limits = Limits.standard().withOutput(1 << 20);
    try (PythonWorker worker =
        PythonWorker.start(Sandboxes.standard(), PythonFunction.SCRIPT, limits)) {
      ObjectNode question = PythonWorker.JSON.createObjectNode();
      JsonNode answer = worker.ask(question.put("inspect", source).put("file", file), TIME);
      if (answer.has("value")) {
        return read(answer.get("value"));
      }
      throw new PythonException(
          PythonException.Kind.RAISED,
          answer.path("line").asInt(),
          answer.path("column").asInt(),
          answer.path("type").asText() + ": " + answer.path("message").asText());
    }
  }

  private static PythonOutline read(JsonNode value) {
    List<Function> functions = new ArrayList<>();
    for (JsonNode function : value.path("functions")) {
      functions.add(
          new Function(
              function.path("name").asText(),
              function.path("line").asInt(),
              texts(function.path("arguments")),
              function.path("required").asInt()));
    }
    return new PythonOutline(functions, texts(value.path("names")));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** Returns the function of this name; the last one, as Python does, if there are several. */
  public Optional<Function> function(String name) {
    return functions.stream().filter(f -> f.name().equals(name)).reduce((first, last) -> last);
  }
}
