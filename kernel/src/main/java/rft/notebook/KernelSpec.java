package rft.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import rft.command.CommandException;
import rft.command.ExitCode;

/**
 * An installed kernel: the folder that Jupyter finds, and what its {@code kernel.json} says.
 *
 * @param folder its name is the kernel's name
 * @param displayName what a front-end lists
 * @param command with {@code {connection_file}} for the file that Jupyter writes
 * @param environment variables that the process gets besides those of Jupyter
 * @param isOurs whether {@link KernelInstall} made it
 */
record KernelSpec(
    Path folder,
    String displayName,
    List<String> command,
    Map<String, String> environment,
    boolean isOurs) {
  static final String FILE = "kernel.json";

  /** Stands in a command for the path of the connection file. */
  static final String CONNECTION_FILE = "{connection_file}";

  private static final String OUR_METADATA = "rft";

  KernelSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  String name() {
    return String.valueOf(folder.getFileName());
  }

  /** Returns the jars that its command names. */
  List<Path> classPath() {
    int option = command.indexOf("-cp");
    return option < 0 || option + 1 == command.size()
        ? List.of()
        : Stream.of(command.get(option + 1).split(File.pathSeparator)).map(Path::of).toList();
  }

  /** Returns the class archive that its command names. */
  Optional<Path> archive() {
    return command.stream()
        .filter(option -> option.startsWith(ClassArchive.FLAG))
        .map(option -> Path.of(option.substring(ClassArchive.FLAG.length())))
        .findFirst();
  }

  /**
   * Reads what stands in a folder.
   *
   * @throws CommandException if its kernel.json names no command
   */
  static KernelSpec read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    JsonNode json;
    try {
      json = JupyterJson.read(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw damaged(file, e.getOriginalMessage());
    }
    List<String> command = new ArrayList<>();
    json.path("argv").forEach(part -> command.add(part.asText()));
    if (command.isEmpty()) {
      throw damaged(file, "it names no command");
    }
    Map<String, String> environment = new LinkedHashMap<>();
    json.path("env")
        .properties()
        .forEach(variable -> environment.put(variable.getKey(), variable.getValue().asText()));
    return new KernelSpec(
        folder,
        json.path("display_name").asText(),
        command,
        environment,
        json.path("metadata").has(OUR_METADATA));
  }

  private static CommandException damaged(Path file, String why) {
    return new CommandException(
        ExitCode.FAILED, file + " is damaged: " + why + "; install the kernel again");
  }

  /**
   * Writes {@code kernel.json}, at once and whole.
   *
   * @param version of the product
   */
  void write(String version) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    command.forEach(json.putArray("argv")::add);
    json.put("display_name", displayName);
    json.put("language", "java");
    json.put("interrupt_mode", "message");
    ObjectNode variables = json.putObject("env");
    environment.forEach(variables::put);
    json.putObject("metadata").putObject(OUR_METADATA).put("version", version);
    Path draft = folder.resolve(FILE + ".draft");
    Files.writeString(draft, JupyterJson.write(json) + "\n");
    Files.move(
        draft,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
