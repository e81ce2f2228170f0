package rft.pull;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Fetches a model from a repository of Hugging Face: config, tokenizer and chat template first,
 * then safetensors or one GGUF file, each checked by the hash that the repository gives.
 *
 * @see <a href="https://huggingface.co/docs/hub/api">The API of the hub</a>
 */
public final class HubPull {
  private final Hub hub;
  private final ModelStore store;
  private final FileDownload.Patience patience;

  public HubPull(HubAccess access, ModelStore store) {
    this(access, store, FileDownload.Patience.USUAL);
  }

  HubPull(HubAccess access, ModelStore store, FileDownload.Patience patience) {
    this.hub = new Hub(access);
    this.store = store;
    this.patience = patience;
  }

  /**
   * Returns the folder of a model, fetched unless it is here already in the same state.
   *
   * @param revision a branch, tag or commit
   * @param name in the store
   * @throws PullException if it cannot be had, or the meter asks to stop; what has arrived is kept
   *     for the next attempt
   * @throws IllegalArgumentException if the name is taken, or the inspection refuses the model, of
   *     which nothing is kept then
   */
  public Path pull(
      RepositoryName repository,
      String revision,
      String name,
      ModelInspection inspection,
      PullMeter meter)
      throws IOException, InterruptedException {
    HubListing listing = listing(repository, revision);
    PulledFrom from = new PulledFrom(repository.toString(), listing.commit(), null);
    Optional<Path> here = store.same(name, from);
    if (here.isPresent()) {
      meter.say(name + " is here already, in the same state");
      return here.get();
    }
    store.requireFree(name);
    WantedFiles candidates = WantedFiles.of(listing);
    try (StagedPull staged = store.stage(name)) {
      FileDownload download = new FileDownload(hub, listing, staged.folder(), meter, patience);
      WantedFiles wanted = fetchTexts(download, candidates, listing, staged.folder());
      try {
        if (!wanted.texts().isEmpty()) {
          inspection.beforeWeights(staged.folder());
        }
        fetchWeights(download, wanted);
        staged.keepOnly(wanted.all().stream().map(HubFile::name).collect(Collectors.toSet()));
        inspection.whole(staged.folder());
      } catch (IllegalArgumentException e) {
        staged.discard();
        throw refused(e, staged.folder(), repository);
      }
      return staged.finish(from);
    }
  }

  /** Returns the same refusal about the repository, not about the folder where its files gather. */
  private static IllegalArgumentException refused(
      IllegalArgumentException e, Path folder, RepositoryName repository) {
    String message = String.valueOf(e.getMessage());
    return new IllegalArgumentException(message.replace(folder.toString(), repository.id()), e);
  }

  private HubListing listing(RepositoryName repository, String revision)
      throws IOException, InterruptedException {
    try {
      return hub.listing(repository, revision);
    } catch (PullException e) {
      throw e;
    } catch (Hub.BusyException e) {
      throw new PullException(e.getMessage() + ": it is busy; try again in a minute", e);
    } catch (IOException e) {
      throw new PullException(
          "cannot ask for "
              + repository.id()
              + " ("
              + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
              + "): is there a network? HF_ENDPOINT names another hub",
          e);
    }
  }

  private static WantedFiles fetchTexts(
      FileDownload download, WantedFiles candidates, HubListing listing, Path folder)
      throws IOException, InterruptedException {
    WantedFiles wanted = candidates;
    for (HubFile text : candidates.texts()) {
      download.fetch(text);
      if (text.path().equals(WantedFiles.INDEX)) {
        wanted = candidates.withShards(shards(folder.resolve(WantedFiles.INDEX)), listing);
      }
    }
    return wanted;
  }

  private void fetchWeights(FileDownload download, WantedFiles wanted)
      throws IOException, InterruptedException {
    long missing = 0;
    long total = 0;
    for (HubFile file : wanted.all()) {
      total += Math.max(0, file.size());
      missing += Math.max(0, file.size() - download.present(file));
    }
    store.requireSpace(missing);
    download.expect(total);
    for (HubFile file : wanted.weights()) {
      download.fetch(file);
    }
  }

  private static Set<String> shards(Path index) throws IOException {
    Set<String> names = new TreeSet<>();
    try {
      JsonNode map = new ObjectMapper().readTree(Files.readAllBytes(index)).path("weight_map");
      map.forEach(shard -> names.add(shard.asText()));
    } catch (JacksonException e) {
      throw new PullException(WantedFiles.INDEX + " is no JSON", e);
    }
    if (names.isEmpty()) {
      throw new PullException(WantedFiles.INDEX + " names no shard");
    }
    return names;
  }
}
