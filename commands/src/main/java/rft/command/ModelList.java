package rft.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import rft.pull.ModelStore;
import rft.pull.PulledFrom;

/** Lists the base models that have a name: bundled ones, then those of the user's store. */
@Command(
    name = "model list",
    description = "List the base models on this machine.",
    footer = "  rft model list")
public final class ModelList implements Verb<ModelList.Models> {
  /** For picocli. */
  public ModelList() {}

  /** Where a model comes from. */
  public enum Origin {
    /** It came with the product. */
    BUNDLED,
    /** It was fetched. */
    PULLED,
    /** A name for what lies elsewhere on this machine. */
    REGISTERED
  }

  /** The models, by name. */
  public record Models(List<Row> models) implements Result {
    public Models {
      models = List.copyOf(models);
    }
  }

  /**
   * One model.
   *
   * @param name what options call it
   * @param origin where it comes from
   * @param architecture as transformers call the class; empty if it cannot be read
   * @param parameters number of weights
   * @param stored format of its files and type of its weights
   * @param bytes of its files
   * @param source what it was pulled from, or its folder
   * @param problem why it cannot be used; null if nothing is known against it
   */
  public record Row(
      String name,
      Origin origin,
      String architecture,
      long parameters,
      String stored,
      long bytes,
      String source,
      @Nullable String problem) {}

  @Override
  public Models run(Progress progress) throws IOException {
    Installation installation = Installation.current();
    List<Row> rows = new ArrayList<>();
    for (String name : installation.bundledModels()) {
      Path folder = installation.models().bundled().resolve(name);
      rows.add(row(name, Origin.BUNDLED, folder, "with the product"));
    }
    ModelStore store = installation.models().store();
    for (String name : store.names()) {
      rows.add(stored(store, name));
    }
    return new Models(rows);
  }

  private static Row stored(ModelStore store, String name) throws IOException {
    Path folder = store.folder(name);
    if (store.isLink(name)) {
      return row(name, Origin.REGISTERED, folder, Files.readSymbolicLink(folder).toString());
    }
    Optional<PulledFrom> from = PulledFrom.read(folder);
    Origin origin = from.isEmpty() || from.get().isLocal() ? Origin.REGISTERED : Origin.PULLED;
    return row(name, origin, folder, from.map(PulledFrom::text).orElse(folder.toString()));
  }

  private static Row row(String name, Origin origin, Path folder, String source) {
    if (!Files.isDirectory(folder)) {
      return new Row(name, origin, "", 0, "", 0, source, "its folder is gone: " + source);
    }
    try {
      ModelFacts facts = ModelFacts.of(folder);
      return new Row(
          name,
          origin,
          facts.architecture(),
          facts.parameters(),
          facts.stored(),
          facts.bytes(),
          source,
          null);
    } catch (IllegalArgumentException | IOException | UncheckedIOException e) {
      return new Row(name, origin, "", 0, "", 0, source, String.valueOf(e.getMessage()));
    }
  }
}
