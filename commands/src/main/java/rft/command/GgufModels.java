package rft.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import rft.dataset.Sha256;
import rft.pull.ModelStore;

/**
 * GGUF files that are given by their path in place of a model's name: each becomes a model of the
 * store when it is first used, under the file's name and a hash of where it lies, how long it is
 * and when it was written.
 *
 * @param store of the user
 */
record GgufModels(ModelStore store) {
  private static final String SUFFIX = ".gguf";
  private static final int HASH_LETTERS = 8;
  private static final int MOST_LETTERS = 80;

  static boolean isOne(Path path) {
    return path.toString().endsWith(SUFFIX) && Files.isRegularFile(path);
  }

  /**
   * Returns the model folder of a file, which is made, with a notice, if it is not there yet.
   *
   * @throws CommandException if the file is no model that is supported
   */
  Path folder(Path gguf) throws IOException {
    String name = name(gguf);
    Optional<Path> made = store.find(name);
    if (made.isPresent()) {
      return made.get();
    }
    try {
      Path folder = store.adopt(name, gguf, new ModelArrival(Progress.SILENT));
      Notices.say(gguf + " is opened as the model " + name + ", in " + folder);
      return folder;
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  private static String name(Path gguf) throws IOException {
    Path file = gguf.toRealPath();
    MessageDigest digest = Sha256.start();
    String identity =
        file + "\n" + Files.size(file) + "\n" + Files.getLastModifiedTime(file).toMillis();
    digest.update(identity.getBytes(StandardCharsets.UTF_8));
    String hash = Sha256.hex(digest).substring(0, HASH_LETTERS);
    String stem = String.valueOf(gguf.getFileName());
    String name =
        stem.substring(0, stem.length() - SUFFIX.length())
            .replaceAll("[^A-Za-z0-9._-]", "-")
            .replaceFirst("^[._-]+", "");
    return name.substring(0, Math.min(name.length(), MOST_LETTERS))
        + (name.isEmpty() ? "" : "-")
        + hash;
  }
}
