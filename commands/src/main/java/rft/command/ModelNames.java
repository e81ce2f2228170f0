package rft.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rft.pull.ModelStore;
import rft.pull.PackagePull;
import rft.pull.RepositoryName;

/**
 * The base models that have names: the bundled ones, and those of the user's store.
 *
 * @param bundled the folder of the bundled ones
 * @param store of the user
 */
record ModelNames(Path bundled, ModelStore store) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  /** Returns the folder of a model by its name, or by the repository that it was pulled from. */
  Optional<Path> find(String name) throws IOException {
    Path own = NAME.matcher(name).matches() ? bundled.resolve(name).normalize() : null;
    return own != null && Files.isDirectory(own) ? Optional.of(own) : store.find(name);
  }

  /** Returns the names of all, bundled ones first. */
  static List<String> names(Installation installation) {
    return Stream.concat(
            installation.bundledModels().stream(), storedNames(installation.models().store()))
        .distinct()
        .toList();
  }

  /** Returns the names of the store's models; none where it cannot be read. */
  static Stream<String> storedNames(ModelStore store) {
    try {
      return store.names().stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  /** Returns why what was named can be no model, with what to do; null if nothing is known. */
  static @Nullable CommandException refusal(String name) {
    Path file = Installation.path(name);
    if (Files.isRegularFile(file)) {
      return new CommandException(ExitCode.USAGE, aFile(name));
    }
    if (name.equals(PackagePull.NAME) || RepositoryName.matches(name)) {
      return new CommandException(
          ExitCode.NOT_FOUND,
          "there is no folder "
              + name
              + ", and no model of this name was pulled: fetch it once with rft model pull "
              + name);
    }
    return null;
  }

  private static String aFile(String name) {
    if (name.matches(".*\\.(bin|pt|pth|pkl|ckpt)")) {
      return name
          + " is a pickle checkpoint, which is never read, because loading one can run code:"
          + " convert it to safetensors, and give the folder";
    }
    return name + " is a file: give the folder of the model, which holds config.json";
  }
}
