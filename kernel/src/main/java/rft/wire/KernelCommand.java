package rft.wire;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a kernel is started: what its kernelspec says.
 *
 * @param argv command line; {@code {connection_file}} stands for the file with the ports
 * @param environment set in addition to this process's own
 * @param folder where it runs
 */
public record KernelCommand(List<String> argv, Map<String, String> environment, Path folder) {
  /** What a kernelspec writes for the connection file. */
  static final String CONNECTION_FILE = "{connection_file}";

  public KernelCommand {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    if (argv.stream().noneMatch(word -> word.contains(CONNECTION_FILE))) {
      throw new IllegalArgumentException(
          "the kernel's argv "
              + argv
              + " lacks "
              + CONNECTION_FILE
              + ": it would not know its ports");
    }
  }

  List<String> argv(Path connectionFile) {
    return argv.stream()
        .map(word -> word.replace(CONNECTION_FILE, connectionFile.toString()))
        .toList();
  }
}
