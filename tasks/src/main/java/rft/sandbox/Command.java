package rft.sandbox;

import java.nio.file.Path;
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
 * @param visible folders of this machine that it may read, beside the system's programs
 */
public record Command(
    List<String> arguments,
    Map<String, String> files,
    String input,
    Limits limits,
    List<Path> visible) {
  public Command {
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
    arguments = List.copyOf(arguments);
    files = Map.copyOf(files);
    visible = List.copyOf(visible);
    for (String name : files.keySet()) {
      if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")) {
        throw new IllegalArgumentException("\"" + name + "\" is no plain file name");
      }
    }
    for (Path folder : visible) {
      if (!folder.isAbsolute()) {
        throw new IllegalArgumentException(folder + " must be an absolute path");
      }
    }
  }

  /** Returns a command that sees the system's programs and its own files. */
  public Command(List<String> arguments, Map<String, String> files, String input, Limits limits) {
    this(arguments, files, input, limits, List.of());
  }

  /** Returns the same with another input. */
  public Command withInput(String text) {
    return new Command(arguments, files, text, limits, visible);
  }
}
