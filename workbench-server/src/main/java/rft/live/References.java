package rft.live;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.command.CommandException;
import rft.command.Installation;
import rft.dataset.Dataset;
import rft.dataset.Task;
import rft.run.RunHeader;

/** The tasks of runs, where their dataset can still be read as the run read it. */
final class References {
  private static final long FRESH_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int MOST = 4;

  /**
   * The tasks of a dataset.
   *
   * @param byId empty where the dataset cannot be read
   * @param note why there are none; empty if there are
   */
  record Tasks(Map<String, Task> byId, String note) {
    @Nullable Task task(String id) {
      return byId.get(id);
    }
  }

  private record Read(Tasks tasks, long nanos) {}

  private final Map<String, Read> recent = new LinkedHashMap<>(MOST * 2, 0.75f, true);

  /** Returns the tasks of a run. */
  synchronized Tasks of(RunHeader header) {
    String key = header.options().inputs().dataset() + " " + header.dataset().sha256();
    Read known = recent.get(key);
    if (known == null || System.nanoTime() - known.nanos() > FRESH_NANOS) {
      known = new Read(read(header), System.nanoTime());
      recent.put(key, known);
      recent.keySet().stream()
          .findFirst()
          .filter(k -> recent.size() > MOST)
          .ifPresent(recent::remove);
    }
    return known.tasks();
  }

  private static Tasks read(RunHeader header) {
    try {
      Dataset dataset = Installation.current().dataset(header.options().inputs().dataset());
      if (!dataset.sha256().equals(header.dataset().sha256())) {
        return new Tasks(Map.of(), "the dataset was changed after the run read it");
      }
      Map<String, Task> byId = new LinkedHashMap<>();
      dataset.tasks().forEach(task -> byId.put(task.id(), task));
      return new Tasks(byId, "");
    } catch (CommandException | IOException e) {
      return new Tasks(Map.of(), String.valueOf(e.getMessage()));
    }
  }
}
