package rft.magic;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import javax.lang.model.SourceVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes variables of plain values. */
@Command(
    name = "params",
    description = "Set variables: numbers and booleans as such, all else as text.",
    footer = "  %params steps=20 model=tiny-chat")
final class ParamsMagic implements CellCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "NAME=VALUE|FILE",
      description = "Values, or a file with one NAME=VALUE per line.")
  private List<String> given = new ArrayList<>();

  ParamsMagic() {}

  @Override
  public Optional<Object> run(MagicCall call) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    for (String each : given) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        values.put(each.substring(0, equals), each.substring(equals + 1));
      } else if (Files.isRegularFile(Path.of(FilePattern.expanded(each)))) {
        values.putAll(read(Path.of(FilePattern.expanded(each))));
      } else {
        throw call.wrong(each, "BadValue", "\"" + each + "\" is no NAME=VALUE and no file");
      }
    }
    values.forEach(
        (name, value) -> {
          if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
            throw call.wrong(name + "=" + value, "BadValue", "\"" + name + "\" is no Java name");
          }
          declare(call, name, value);
        });
    return Optional.empty();
  }

  private static Map<String, String> read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Map<String, String> values = new TreeMap<>();
    properties.forEach((name, value) -> values.put(name.toString(), value.toString()));
    return values;
  }

  private static void declare(MagicCall call, String name, String value) {
    Object typed = typed(value);
    Class<?> type =
        typed instanceof Integer
            ? int.class
            : typed instanceof Double
                ? double.class
                : typed instanceof Boolean ? boolean.class : String.class;
    call.state().java().declare(name, type, typed);
  }

  private static Object typed(String value) {
    if (value.equals("true") || value.equals("false")) {
      return Boolean.valueOf(value);
    }
    try {
      return value.matches("-?\\d{1,9}") ? (Object) Integer.valueOf(value) : Double.valueOf(value);
    } catch (NumberFormatException e) {
      return value;
    }
  }
}
