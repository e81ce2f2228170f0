package rft.pull;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.run.DurableFile;

/**
 * Where a model in the store came from, as {@code pulled.json} in its folder says.
 *
 * @param source as it was asked for, for example {@code OWNER/NAME}
 * @param revision which state of it: a commit, or a version
 * @param note what a reader of its figures must know; null for nothing
 */
public record PulledFrom(String source, String revision, @Nullable String note) {
  private static final String FILE = "pulled.json";
  private static final String LOCAL = "here";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Returns what a model folder says; empty if it was not pulled. Where it cannot be read, that is
   * the note: the model can still be used, listed and removed.
   */
  public static Optional<PulledFrom> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      String note = json.path("note").asText();
      return Optional.of(
          new PulledFrom(
              json.path("source").asText(),
              json.path("revision").asText(),
              note.isEmpty() ? null : note));
    } catch (JacksonException e) {
      return Optional.of(
          new PulledFrom(
              "an unknown place",
              "an unknown state",
              "of unknown origin, as " + file + " is damaged: remove it, and pull it again"));
    }
  }

  void write(Path folder) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("source", source).put("revision", revision);
    if (note != null) {
      json.put("note", note);
    }
    DurableFile.write(folder.resolve(FILE), json.toPrettyString() + "\n");
  }

  /** Returns the note for a file on this machine. */
  static PulledFrom local(Path file) {
    return new PulledFrom(file.toString(), LOCAL, null);
  }

  /** Returns whether it lay on this machine and was not fetched. */
  public boolean isLocal() {
    return revision.equals(LOCAL);
  }

  /** Returns source and revision in one text. */
  public String text() {
    return isLocal() ? source : source + " at " + revision;
  }

  boolean isSameAs(PulledFrom other) {
    return source.equals(other.source) && revision.equals(other.revision);
  }
}
