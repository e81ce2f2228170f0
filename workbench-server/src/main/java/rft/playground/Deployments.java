package rft.playground;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rft.web.AccessToken;
import rft.web.PrivateFile;

/**
 * What is deployed: a file for each in the folder {@code deployments} of the home, so that it is
 * still deployed after the workbench was started again.
 */
final class Deployments {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SUFFIX = ".json";

  private final Path folder;
  private final Map<String, Deployment> all = new LinkedHashMap<>();
  private final Map<String, Traffic> traffic = new ConcurrentHashMap<>();

  /** Reads what is deployed; a file that is damaged is left out. */
  Deployments(Path folder) throws IOException {
    this.folder = folder;
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          read(file).ifPresent(one -> all.put(one.id(), one));
        }
      }
    }
  }

  private static Optional<Deployment> read(Path file) throws IOException {
    if (!file.toString().endsWith(SUFFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readString(file), Deployment.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** A deployment with the token that opens it, which is told this once. */
  record Fresh(Deployment deployment, String token) {}

  /** Deploys a model, or gives a deployed one another token. */
  synchronized Fresh add(String run, @Nullable Integer step, ModelShelf.Servable model)
      throws IOException {
    String token = AccessToken.random().reveal();
    String id = Deployment.idOf(run, step);
    Deployment old = all.get(id);
    Deployment made =
        new Deployment(
            id,
            run,
            step,
            model.id(),
            model.folder().toString(),
            old == null ? Instant.now().toString() : old.created(),
            Deployment.sha256(token));
    PrivateFile.write(file(id), JSON.writeValueAsString(made) + "\n");
    all.put(id, made);
    return new Fresh(made, token);
  }

  /** Returns false if there is none of this id. */
  synchronized boolean remove(String id) throws IOException {
    if (!all.containsKey(id)) {
      return false;
    }
    Files.deleteIfExists(file(id));
    all.remove(id);
    traffic.remove(id);
    return true;
  }

  private Path file(String id) {
    return folder.resolve(id + SUFFIX);
  }

  /** Returns what is deployed, oldest first. */
  synchronized List<Deployment> list() {
    List<Deployment> sorted = new ArrayList<>(all.values());
    sorted.sort((a, b) -> a.created().compareTo(b.created()));
    return sorted;
  }

  /** Returns whether something made of a base model is deployed. */
  synchronized boolean uses(Path model) {
    return all.values().stream().anyMatch(one -> Path.of(one.folder()).equals(model));
  }

  Traffic traffic(Deployment deployment) {
    return traffic.computeIfAbsent(deployment.id(), id -> new Traffic());
  }
}
