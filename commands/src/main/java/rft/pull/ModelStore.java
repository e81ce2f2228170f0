package rft.pull;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import rft.gguf.GgufFolder;
import rft.run.DurableFile;
import rft.run.RunHome;

/**
 * The models of a user, by name: a folder for each that was pulled, a link for each that lies
 * elsewhere. Unfinished ones are out of sight, in {@code .pull}.
 */
public final class ModelStore {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private static final String STAGE = ".pull";

  private final Path folder;
  private final ToLongFunction<Path> usableBytes;

  /** Uses a folder that need not exist yet. */
  public ModelStore(Path folder) {
    this(folder, place -> place.toFile().getUsableSpace());
  }

  ModelStore(Path folder, ToLongFunction<Path> usableBytes) {
    this.folder = folder.toAbsolutePath().normalize();
    this.usableBytes = usableBytes;
  }

  /** Returns the store in the user's home of runs: {@code RFT_HOME/models}. */
  public static ModelStore standard() {
    return new ModelStore(RunHome.standard().root().resolve("models"));
  }

  /** Returns the names of all models, sorted; those too whose link leads nowhere any more. */
  public List<String> names() throws IOException {
    return DurableFile.list(folder).stream()
        .filter(entry -> NAME.matcher(DurableFile.nameOf(entry)).matches())
        .filter(entry -> Files.isSymbolicLink(entry) || Files.isDirectory(entry))
        .map(DurableFile::nameOf)
        .toList();
  }

  /** Returns whether a text can be the name of a model. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * Returns the folder of a model.
   *
   * @param name of the model, or the repository that it was pulled from
   */
  public Optional<Path> find(String name) throws IOException {
    if (isName(name)) {
      return Optional.of(folder.resolve(name)).filter(Files::isDirectory);
    }
    if (!RepositoryName.matches(name)) {
      return Optional.empty();
    }
    String source = RepositoryName.parse(name).toString();
    for (String own : names()) {
      Path candidate = folder.resolve(own);
      if (PulledFrom.read(candidate).filter(from -> from.source().equals(source)).isPresent()) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** Returns where a model of this name is, or would be. */
  public Path folder(String name) {
    return place(name);
  }

  /** Returns whether a model is a link to a folder elsewhere. */
  public boolean isLink(String name) {
    return Files.isSymbolicLink(folder.resolve(name));
  }

  /**
   * Links a name to a model folder elsewhere.
   *
   * @return the link
   * @throws IllegalArgumentException if the name is none, or taken by something else
   */
  public Path register(String name, Path model) throws IOException {
    Path link = place(name);
    Path target = model.toRealPath();
    if (Files.isSymbolicLink(link) && Files.isDirectory(link) && link.toRealPath().equals(target)) {
      return link;
    }
    requireFree(name);
    DurableFile.createFolders(folder);
    try {
      return Files.createSymbolicLink(link, target);
    } catch (UnsupportedOperationException | FileSystemException e) {
      throw new PullException(
          "a link cannot be made in " + folder + "; give the path itself instead: " + target, e);
    }
  }

  /**
   * Gives a name to a GGUF file on this machine, which stays where it is: what the inspection makes
   * of it links to it where the file system has links.
   *
   * @throws IllegalArgumentException if the name is taken, or the file is refused
   */
  public Path adopt(String name, Path gguf, ModelInspection inspection) throws IOException {
    PulledFrom from = PulledFrom.local(gguf.toRealPath());
    Optional<Path> here = same(name, from);
    if (here.isPresent()) {
      return here.get();
    }
    requireFree(name);
    try (StagedPull staged = stage(name)) {
      staged.keepOnly(Set.of());
      Path file = staged.folder().resolve(DurableFile.nameOf(gguf));
      link(file, gguf.toRealPath());
      try {
        inspection.whole(staged.folder());
      } catch (IllegalArgumentException e) {
        staged.discard();
        throw refused(e, staged.folder(), gguf);
      }
      return staged.finish(from);
    }
  }

  /** Returns the same refusal about the file that the user named, not about the links to it. */
  private static IllegalArgumentException refused(
      IllegalArgumentException e, Path links, Path gguf) {
    String message = String.valueOf(e.getMessage());
    for (String name : List.of(DurableFile.nameOf(gguf), GgufFolder.MODEL)) {
      message = message.replace(links.resolve(name).toString(), gguf.toString());
    }
    return new IllegalArgumentException(message.replace(links.toString(), gguf.toString()), e);
  }

  /**
   * Removes a model: what was pulled is deleted, whole or not at all; of what lies elsewhere the
   * link goes.
   *
   * @return how many bytes of it were here
   * @throws IllegalArgumentException if the name is none
   */
  public long remove(String name) throws IOException {
    Path model = place(name);
    if (Files.isSymbolicLink(model)) {
      Files.delete(model);
      return 0;
    }
    long bytes =
        PulledFrom.read(model).filter(PulledFrom::isLocal).isPresent()
            ? 0
            : DurableFile.bytes(model);
    Path doomed = folder.resolve(STAGE).resolve(".removed-" + name);
    DurableFile.createFolders(folder.resolve(STAGE));
    if (Files.exists(doomed)) {
      DurableFile.deleteTree(doomed);
    }
    Files.move(model, doomed, StandardCopyOption.ATOMIC_MOVE);
    DurableFile.deleteTree(doomed);
    return bytes;
  }

  private static void link(Path link, Path file) throws IOException {
    try {
      Files.createLink(link, file);
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.createSymbolicLink(link, file); // on another disk
    }
  }

  /**
   * Refuses a name that a model has.
   *
   * @throws IllegalArgumentException if it is no name, or taken
   */
  void requireFree(String name) throws IOException {
    Path place = place(name);
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      String what =
          Files.isSymbolicLink(place)
              ? "a link to " + Files.readSymbolicLink(place)
              : PulledFrom.read(place).map(PulledFrom::text).orElse("a folder that was not pulled");
      throw new IllegalArgumentException(
          "there is a model "
              + name
              + " already, "
              + what
              + ": give another name with --name, or remove that one first with rft model remove "
              + name);
    }
  }

  /** Returns the model of a name if it was pulled from the same place in the same state. */
  Optional<Path> same(String name, PulledFrom from) throws IOException {
    Path place = place(name);
    return Files.isDirectory(place) && PulledFrom.read(place).filter(from::isSameAs).isPresent()
        ? Optional.of(place)
        : Optional.empty();
  }

  /** Returns a place for a model that is being fetched, with what an earlier attempt left. */
  StagedPull stage(String name) throws IOException {
    return StagedPull.open(folder.resolve(STAGE), place(name));
  }

  /**
   * Refuses a download for which there is no room.
   *
   * @throws PullException with the numbers
   */
  void requireSpace(long bytes) throws IOException {
    DurableFile.createFolders(folder); // what is not there has no room at all
    long usable = usableBytes.applyAsLong(folder);
    if (bytes > usable) {
      throw new PullException(
          "%s are still to come, and the disk of %s has room for %s: free some, or set RFT_HOME to another disk"
              .formatted(FileDownload.megabytes(bytes), folder, FileDownload.megabytes(usable)));
    }
  }

  private Path place(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "\""
              + name
              + "\" is no name of a model: letters, digits, '.', '_' and '-', for example"
              + " my-model");
    }
    return folder.resolve(name);
  }
}
