package rft.live;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rft.run.RunFolder;
import rft.run.RunHome;

/**
 * The list of all runs, kept up to date by a look at their files: only a run whose files changed is
 * opened again. Safe for use by several threads.
 */
final class RunList {
  /** A list asked for again so soon is the same list: many pages cost as much as one. */
  private static final long FRESH_NANOS = 100_000_000;

  /** A look at very many runs takes long, and should not take all the time. */
  private static final int REST = 4;

  /**
   * The answer of {@code /api/runs}.
   *
   * @param runs newest first
   * @param sequence position of this state in the topic {@code runs}
   */
  record Listing(List<RunLine> runs, String sequence) {
    Listing {
      runs = List.copyOf(runs);
    }
  }

  /**
   * What changed in the list.
   *
   * @param changed lines that are new or different now
   * @param removed ids of runs that are gone
   * @param sequence position after these changes
   */
  record Changes(List<RunLine> changed, List<String> removed, long sequence) {
    Changes {
      changed = List.copyOf(changed);
      removed = List.copyOf(removed);
    }
  }

  /** What is known of a run, and since which change; the line is null while it is being created. */
  private record Known(
      RunFingerprint fingerprint, boolean settled, @Nullable RunLine line, long sequence) {}

  private final RunHome home;
  private final Tags tags;
  private final Clock clock;
  private final Map<String, Known> known = new HashMap<>();
  private final Map<String, Long> removed = new HashMap<>();
  private final long begin;
  private long sequence;
  private long lookedAtNanos;
  private long lookTookNanos;
  private boolean stale = true;

  RunList(RunHome home, Tags tags, Clock clock) {
    this.home = home;
    this.tags = tags;
    this.clock = clock;
    // Beyond every number that an earlier process gave out, so that none of those is resumed.
    this.begin = clock.millis() * 1000;
    this.sequence = begin;
  }

  /** Returns the list as it is now. */
  synchronized Listing listing() throws IOException {
    look();
    List<RunLine> lines = new ArrayList<>();
    for (Known run : known.values()) {
      if (run.line() != null) {
        lines.add(run.line());
      }
    }
    lines.sort(Comparator.comparing(RunLine::created).reversed().thenComparing(RunLine::id));
    return new Listing(lines, Long.toString(sequence));
  }

  /** Returns what changed since a position, or empty if that cannot be said. */
  synchronized Optional<Changes> since(long position) throws IOException {
    look();
    if (position < begin || position > sequence) {
      return Optional.empty();
    }
    List<RunLine> changed = new ArrayList<>();
    for (Known run : known.values()) {
      if (run.line() != null && run.sequence() > position) {
        changed.add(run.line());
      }
    }
    List<String> gone =
        removed.entrySet().stream()
            .filter(entry -> entry.getValue() > position)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return Optional.of(new Changes(changed, gone, sequence));
  }

  /** Returns the position of the list as it is now. */
  synchronized long sequence() throws IOException {
    look();
    return sequence;
  }

  /** Makes the next question look at the files in any case. */
  synchronized void invalidate() {
    stale = true;
  }

  private void look() throws IOException {
    long now = System.nanoTime();
    long fresh = Math.min(2_000_000_000, Math.max(FRESH_NANOS, REST * lookTookNanos));
    if (!stale && now - lookedAtNanos < fresh) {
      return;
    }
    Map<String, List<String>> tagged = tags.all();
    Set<String> present = new HashSet<>();
    for (RunFolder folder : home.folders()) {
      present.add(folder.id());
      look(folder, tagged.getOrDefault(folder.id(), List.of()));
    }
    for (String id : List.copyOf(known.keySet())) {
      if (!present.contains(id)) {
        known.remove(id);
        removed.put(id, ++sequence);
      }
    }
    lookedAtNanos = System.nanoTime();
    lookTookNanos = lookedAtNanos - now;
    stale = false;
  }

  private void look(RunFolder folder, List<String> marks) {
    long before = clock.millis();
    RunFingerprint seen;
    try {
      seen = RunFingerprint.of(folder);
    } catch (IOException e) {
      seen = new RunFingerprint(List.of(String.valueOf(e.getMessage())), Optional.empty(), before);
    }
    Known old = known.get(folder.id());
    if (old != null && old.settled() && old.fingerprint().equals(seen)) {
      note(folder, seen, before, old.line(), marks);
    } else {
      note(folder, seen, before, RunGlance.at(folder).orElse(null), marks);
    }
  }

  private void note(
      RunFolder folder,
      RunFingerprint seen,
      long millis,
      @Nullable RunLine read,
      List<String> marks) {
    RunLine line = read == null ? null : read.withTags(marks);
    if (line != null) {
      removed.remove(folder.id());
    }
    Known old = known.get(folder.id());
    boolean same = old != null && Objects.equals(old.line(), line);
    long at = old != null && same ? old.sequence() : ++sequence;
    known.put(folder.id(), new Known(seen, seen.settledAt(millis), line, at));
  }
}
