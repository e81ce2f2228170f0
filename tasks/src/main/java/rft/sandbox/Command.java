package rft.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to run. It runs in an empty folder it may write to; its files lie beside, read-only, in
 * {@code /job}.
 *
 * @param arguments program and arguments, for example {@code python3 /job/main.py}
 * @param files content by plain name, without folders
 * @param input what it reads on standard input
 * @param limits what it may use
 */
public record Command(
    List<String> arguments, Map<String, String> files, String input, Limits limits) {
  public Command {
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
    arguments = List.copyOf(arguments);
    files = Map.copyOf(new LinkedHashMap<>(files));
    for (String name : files.keySet()) {
      if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")) {
        throw new IllegalArgumentException("\"" + name + "\" is no plain file name");
      }
    }
  }
}
