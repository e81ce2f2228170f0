package rft.job;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.UnprocessableContentResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import rft.dataset.RowProblem;
import rft.run.DurableFile;
import rft.sample.SampleKind;
import rft.web.Routes;
import rft.web.UploadLimit;

/** The datasets that the page may name, and how one gets a new one there. */
final class DatasetRoutes implements Routes {
  private static final UploadLimit MOST_BYTES = new UploadLimit(512L << 20);
  private static final UploadStream.Limits LIMITS = new UploadStream.Limits(1_000_000, 8L << 20);
  private static final String TITLE = "title.json";
  private static final String DRAFT = ".draft-";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final JsonMapper JSON = new JsonMapper();

  private final Library library;
  private final Map<Seen, DatasetGlance> glances = new ConcurrentHashMap<>();

  /** A file as it was when it was read. */
  private record Seen(Path file, long changed, long bytes) {}

  DatasetRoutes(Library library) throws IOException {
    this.library = library;
    DurableFile.createFolders(library.uploads());
    for (Path folder : DurableFile.list(library.uploads())) {
      if (Library.name(folder).startsWith(DRAFT)) {
        DurableFile.deleteTree(folder);
      }
    }
    Thread reading = new Thread(this::readAhead, "rft-datasets");
    reading.setDaemon(true);
    reading.start();
  }

  /** Spares the first who asks the time to read every dataset. */
  private void readAhead() {
    try {
      for (Path file : library.datasets().values()) {
        glance(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // Whoever asks for it is told.
    }
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/api/datasets", this::list);
    routes.get("/api/datasets/{dataset}", this::show);
    routes.post("/api/uploads", this::upload, MOST_BYTES);
    routes.delete("/api/uploads/{dataset}", this::remove);
  }

  /**
   * A dataset that can be named.
   *
   * @param name what requests call it
   * @param argument what rft calls it: its name, or of an upload its file
   * @param title what the user's file was called; of a bundled one its name
   * @param kind {@code bundled} or {@code upload}
   * @param reward the ready reward that checks a bundled one; null for others
   * @param maxNewTokens how long answers to a bundled one are; null for others
   * @param glance what is in it; without rows in a list
   */
  private record Listed(
      String name,
      String argument,
      String title,
      String kind,
      long bytes,
      @Nullable String reward,
      @Nullable Integer maxNewTokens,
      DatasetGlance glance) {}

  private void list(Context context) throws IOException {
    List<Listed> datasets = new ArrayList<>();
    for (Map.Entry<String, Path> entry : library.datasets().entrySet()) {
      datasets.add(listed(entry.getKey(), entry.getValue(), true));
    }
    context.json(Map.of("datasets", datasets));
  }

  private void show(Context context) throws IOException {
    String name = context.pathParam("dataset");
    Path file = library.datasets().get(name);
    if (file == null) {
      throw new NotFoundResponse("there is no dataset " + name);
    }
    context.json(listed(name, file, false));
  }

  private Listed listed(String name, Path file, boolean brief) throws IOException {
    boolean uploaded = file.startsWith(library.uploads());
    SampleKind sample = uploaded ? null : SampleKind.named(name).orElse(null);
    DatasetGlance glance = glance(file);
    return new Listed(
        name,
        uploaded ? file.toString() : name,
        uploaded ? title(file) : name,
        uploaded ? "upload" : "bundled",
        Files.size(file),
        sample == null ? null : sample.rewardName(),
        sample == null ? null : sample.maxNewTokens(),
        brief ? brief(glance) : glance);
  }

  private static DatasetGlance brief(DatasetGlance all) {
    return new DatasetGlance(
        all.rows(),
        all.goodRows(),
        all.rowsWithoutReference(),
        all.splits(),
        all.sha256(),
        all.badRows(),
        List.of(),
        List.of(),
        List.of());
  }

  private DatasetGlance glance(Path file) throws IOException {
    Seen seen = new Seen(file, Files.getLastModifiedTime(file).toMillis(), Files.size(file));
    DatasetGlance known = glances.get(seen);
    if (known == null) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        known = DatasetGlance.of(in);
      }
      glances.put(seen, known);
    }
    return known;
  }

  private static String title(Path file) {
    try {
      return JSON.readValue(file.resolveSibling(TITLE).toFile(), String.class);
    } catch (IOException e) {
      return Library.name(file);
    }
  }

  /** Keeps a new dataset (201), or answers with the one of the same bytes that is there (200). */
  private void upload(Context context) throws IOException {
    String title = title(context);
    String id =
        JobPlan.name(title.replaceFirst("(?i)\\.jsonl?$", ""))
            + "-"
            + String.format(Locale.ROOT, "%06x", RANDOM.nextInt(1 << 24));
    Path draft = library.uploads().resolve(DRAFT + id);
    DurableFile.createFolders(draft);
    boolean done = false;
    try {
      Path file = draft.resolve(id + Library.JSONL);
      DatasetGlance glance = store(MOST_BYTES.body(context), file);
      requireRows(glance);
      for (Map.Entry<String, Path> known : library.datasets().entrySet()) {
        if (glance(known.getValue()).sha256().equals(glance.sha256())) {
          context.json(listed(known.getKey(), known.getValue(), false));
          return;
        }
      }
      DurableFile.write(draft.resolve(TITLE), JSON.writeValueAsString(title));
      Path kept = library.uploads().resolve(id);
      Files.move(draft, kept, StandardCopyOption.ATOMIC_MOVE);
      done = true;
      context.status(HttpStatus.CREATED).json(listed(id, kept.resolve(Library.name(file)), false));
    } finally {
      if (!done) {
        DurableFile.deleteTree(draft);
      }
    }
  }

  /** A name is only shown; nothing is stored under it. */
  private static String title(Context context) {
    String given = Objects.requireNonNullElse(context.queryParam("name"), "dataset.jsonl");
    String line = given.replaceAll("[^\\p{L}\\p{N} ._()+-]", "_").strip();
    return line.isEmpty() ? "dataset.jsonl" : line.substring(0, Math.min(100, line.length()));
  }

  private static DatasetGlance store(InputStream body, Path file) throws IOException {
    DurableFile.createPrivate(file);
    try (OutputStream copy = Files.newOutputStream(file);
        UploadStream stream = new UploadStream(body, copy, LIMITS)) {
      return DatasetGlance.of(stream);
    }
  }

  private static void requireRows(DatasetGlance glance) {
    if (glance.goodRows() == 0) {
      List<RowProblem> problems = glance.problems();
      throw new UnprocessableContentResponse(
          problems.isEmpty()
              ? "the file is empty: write one JSON object with \"messages\" and"
                  + " \"reference_answer\" per line"
              : "the file has no usable row: the first of "
                  + glance.badRows()
                  + " problems is at "
                  + problems.get(0).sentence());
    }
  }

  private void remove(Context context) throws IOException {
    String name = context.pathParam("dataset");
    Path file = library.datasets().get(name);
    if (file == null || !file.startsWith(library.uploads())) {
      throw new NotFoundResponse("there is no uploaded dataset " + name);
    }
    DurableFile.deleteTree(library.uploads().resolve(name));
    context.status(HttpStatus.NO_CONTENT);
  }
}
