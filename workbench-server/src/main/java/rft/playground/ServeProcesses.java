package rft.playground;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import rft.run.ChildProcess;
import rft.run.RunHome;
import rft.web.AccessToken;

/**
 * Models served by {@code rft serve}, each in a process with a folder of its own below {@code
 * served} in the home. A process says where it answers in a note {@code serving/PID.json}.
 */
final class ServeProcesses implements ModelProcess.Source {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int HASH_LENGTH = 8;
  private static final Duration ENDING = Duration.ofSeconds(10);

  private final RunHome home;

  ServeProcesses(RunHome home) {
    this.home = home;
  }

  @Override
  public ModelProcess start(Path model) throws IOException {
    Path folder = folder(model);
    clearAfter(folder);
    Path token = folder.resolve("token");
    AccessToken.in(token);
    List<String> arguments =
        List.of("serve", "--model", model.toString(), "--token-file", token.toString());
    return new Served(
        ChildProcess.start(folder, arguments, Map.of("RFT_HOME", home.root().toString())));
  }

  @Override
  public Optional<ModelProcess> find(Path model) throws IOException {
    return ChildProcess.find(folder(model)).filter(ServeProcesses::isAlive).map(Served::new);
  }

  /**
   * Lets the end of an earlier process be written down, and takes its note away if it could not.
   */
  private void clearAfter(Path folder) throws IOException {
    Optional<ChildProcess> old = ChildProcess.find(folder);
    if (old.isPresent()) {
      try {
        old.get().waitFor(ENDING);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      Files.deleteIfExists(note(old.get()));
    }
  }

  private Path note(ChildProcess child) {
    return home.root().resolve("serving").resolve(child.pid() + ".json");
  }

  /** Asks for the process itself: a shell that keeps it may still be writing down how it ended. */
  private static boolean isAlive(ChildProcess child) {
    return child.isAlive()
        && ProcessHandle.of(child.pid()).map(ProcessHandle::isAlive).orElse(false);
  }

  private Path folder(Path model) {
    String hash = Deployment.sha256(model.toString()).substring(0, HASH_LENGTH);
    String name = ModelShelf.nameOf(model).replaceAll("[^A-Za-z0-9._-]", "-");
    return home.root().resolve("served").resolve(name + "-" + hash);
  }

  /** One child. */
  private final class Served implements ModelProcess {
    private final ChildProcess child;

    private Served(ChildProcess child) {
      this.child = child;
    }

    @Override
    public boolean isAlive() {
      return ServeProcesses.isAlive(child);
    }

    @Override
    public Optional<Endpoint> endpoint() throws IOException {
      try {
        JsonNode json = JSON.readTree(Files.readString(note(child)));
        Path token = Path.of(json.path("token_file").asText());
        if (!token.startsWith(home.root().resolve("served"))) {
          return Optional.empty();
        }
        return Optional.of(
            new Endpoint(URI.create(json.path("url").asText()), Files.readString(token).strip()));
      } catch (NoSuchFileException | JsonProcessingException e) {
        return Optional.empty();
      }
    }

    @Override
    public long pid() {
      return child.pid();
    }

    @Override
    public Instant since() {
      return child.since();
    }

    @Override
    public String lastWords() throws IOException {
      List<String> lines = child.lastLines(1);
      String said = lines.isEmpty() ? "" : ": " + lines.get(0);
      if (isAlive()) {
        return "it runs" + said;
      }
      OptionalInt code = child.exitCode();
      return "it ended"
          + (code.isPresent() ? " with exit code " + code.getAsInt() : "")
          + said
          + " ("
          + child.log()
          + " has more)";
    }

    @Override
    public void stop(Duration patience) throws InterruptedException {
      child.stop(patience);
    }
  }
}
