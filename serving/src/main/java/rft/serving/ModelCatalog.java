package rft.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Run;
import rft.dataset.NearestName;
import rft.run.CheckpointStore;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;

/**
 * The models that a server answers for: the base model, and what runs made of it. It looks each
 * time, so that a checkpoint is there as soon as it is written.
 */
final class ModelCatalog {
  static final String BASE = "base";
  private static final String STEP = ":ckpt-step-";

  private final BaseModel base;
  private final RunHome home;
  private final List<Chosen> chosen;
  private final Map<String, RunHeader> headers = new ConcurrentHashMap<>();

  /**
   * The model that all others are made of.
   *
   * @param name as its folder is called
   * @param folder where it lies
   * @param sha256 of its weights
   * @param created when it was made
   */
  record BaseModel(String name, Path folder, String sha256, Instant created) {}

  /**
   * What a user wants served.
   *
   * @param run a run; empty for a folder
   * @param step of the run; null for all it has
   * @param folder of an adapter; empty for a run
   */
  private record Chosen(Optional<String> run, @Nullable Integer step, Optional<Path> folder) {}

  /**
   * A model that is there.
   *
   * @param id by which it is asked for
   * @param created when
   * @param weights where it lies
   * @param run which made it; null for none
   * @param step of the run; null if it made none
   */
  record Entry(
      String id, Instant created, Weights weights, @Nullable String run, @Nullable Integer step) {}

  /**
   * @param adapters what to serve, each {@code RUN}, {@code RUN@STEP} or a PEFT folder; none for
   *     all that runs made of the base model
   * @throws CommandException if one is not there or was made of another model
   */
  ModelCatalog(BaseModel base, RunHome home, List<String> adapters) throws IOException {
    this.base = base;
    this.home = home;
    List<Chosen> all = new ArrayList<>();
    for (String adapter : adapters) {
      all.add(chosen(adapter));
    }
    this.chosen = List.copyOf(all);
  }

  private Chosen chosen(String adapter) throws IOException {
    Path folder = Path.of(adapter);
    if (Files.isDirectory(folder)) {
      return new Chosen(Optional.empty(), null, Optional.of(folder));
    }
    int at = adapter.lastIndexOf('@');
    String run = Run.named(at < 0 ? adapter : adapter.substring(0, at)).id();
    Integer step = at < 0 ? null : step(adapter, adapter.substring(at + 1));
    RunHeader header = new Run(run).header();
    if (!isMadeOfBase(header)) {
      throw new CommandException(
          ExitCode.USAGE,
          "run %s trained %s, not %s: serve it with --model %s"
              .formatted(run, header.model().path(), base.folder(), header.model().path()));
    }
    CheckpointStore checkpoints = new CheckpointStore(home.open(run));
    List<Integer> steps = checkpoints.steps();
    if (steps.isEmpty() || (step != null && !steps.contains(step))) {
      throw new CommandException(
          ExitCode.NOT_FOUND,
          "run %s has no checkpoint%s: it has those of steps %s"
              .formatted(run, step == null ? "" : " of step " + step, steps));
    }
    return new Chosen(Optional.of(run), step, Optional.empty());
  }

  private static int step(String adapter, String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new CommandException(
          ExitCode.USAGE, "--adapter (" + adapter + ") must be RUN, RUN@STEP or a folder");
    }
    return Integer.parseInt(text);
  }

  private boolean isMadeOfBase(RunHeader header) {
    return header.model().sha256().equals(base.sha256());
  }

  String baseName() {
    return base.name();
  }

  /** Returns the models there are: the base model by both its ids, then the newest run's. */
  List<Entry> list() throws IOException {
    List<Entry> entries = new ArrayList<>();
    Stream.of(BASE, base.name()).distinct().map(this::baseEntry).forEach(entries::add);
    if (chosen.isEmpty()) {
      for (String run : home.ids()) {
        entries.addAll(ofRun(run, step -> true, true));
      }
    }
    for (Chosen one : chosen) {
      one.folder().map(this::ofFolder).ifPresent(entries::add);
      if (one.run().isPresent()) {
        Integer only = one.step();
        entries.addAll(
            ofRun(one.run().get(), step -> only == null || step.equals(only), only == null));
      }
    }
    return entries;
  }

  private Entry baseEntry(String id) {
    return new Entry(id, base.created(), Weights.BASE, null, null);
  }

  private Entry ofFolder(Path folder) {
    String id = tuned(String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
    return new Entry(id, Instant.ofEpochMilli(changed(folder)), weights(folder, false), null, null);
  }

  private List<Entry> ofRun(String run, Predicate<Integer> wanted, boolean withBest)
      throws IOException {
    RunHeader header = headers.computeIfAbsent(run, ModelCatalog::header);
    if (header == null || !isMadeOfBase(header)) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    CheckpointStore checkpoints = new CheckpointStore(home.open(run));
    boolean full = header.options().adapter().full();
    int best = checkpoints.best().orElse(checkpoints.latest().orElse(-1));
    if (withBest && best >= 0) {
      entries.add(entry(tuned(run), header, weights(checkpoints.folder(best), full), best));
    }
    for (int step : checkpoints.steps()) {
      if (wanted.test(step)) {
        String id = tuned(run) + STEP + step;
        entries.add(entry(id, header, weights(checkpoints.folder(step), full), step));
      }
    }
    return entries;
  }

  private static Entry entry(String id, RunHeader header, Weights weights, int step) {
    return new Entry(id, header.created(), weights, header.id(), step);
  }

  private String tuned(String name) {
    return "ft:" + base.name() + ":" + name;
  }

  /** A run that cannot be read, or is just being made, is none that can be served. */
  private static @Nullable RunHeader header(String run) {
    try {
      return new Run(run).header();
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  private static Weights weights(Path folder, boolean full) {
    return new Weights(Optional.of(folder), full, changed(folder));
  }

  private static long changed(Path folder) {
    try {
      return Files.getLastModifiedTime(folder).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Returns the model of an id.
   *
   * @throws ApiException if there is none, naming the nearest
   */
  Entry find(String id) throws IOException {
    if (id.equals(BASE) || id.equals(base.name())) {
      return baseEntry(id);
    }
    for (Entry entry : mayBe(id)) {
      if (entry.id().equals(id)) {
        return entry;
      }
    }
    List<String> ids = list().stream().map(Entry::id).toList();
    String hint = NearestName.hint(id, ids);
    throw ApiException.unknownModel(
        "no model \"%s\"%s"
            .formatted(
                Fields.shown(id),
                hint.isEmpty()
                    ? "; the base model is " + base.name() + ", GET /v1/models lists all"
                    : hint));
  }

  /** Returns those among which an id is if it is any; with many runs, looking at one is faster. */
  private List<Entry> mayBe(String id) throws IOException {
    String start = tuned("");
    if (!chosen.isEmpty() || !id.startsWith(start)) {
      return list();
    }
    int step = id.indexOf(STEP);
    String run = id.substring(start.length(), step < start.length() ? id.length() : step);
    return RunFolder.isId(run) && home.ids().contains(run)
        ? ofRun(run, any -> true, true)
        : List.of();
  }
}
