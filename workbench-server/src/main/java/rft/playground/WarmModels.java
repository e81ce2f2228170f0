package rft.playground;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One process for each base model that was asked for. */
final class WarmModels implements AutoCloseable {
  private final ModelProcess.Source source;
  private final Map<Path, WarmModel> models = new LinkedHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "rft-idle-models");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param idle after so long without a request a process ends
   * @param lasting which models are kept all the same
   */
  WarmModels(ModelProcess.Source source, Duration idle, Predicate<Path> lasting) {
    this.source = source;
    long period = Math.max(50, Math.min(15_000, idle.toMillis() / 4));
    ScheduledFuture<?> unused =
        clock.scheduleWithFixedDelay(
            () -> stopIdle(idle, lasting), period, period, TimeUnit.MILLISECONDS);
  }

  WarmModel of(Path folder) {
    synchronized (models) {
      return models.computeIfAbsent(folder, one -> new WarmModel(one, source));
    }
  }

  /** Returns how each process is, by name of its model. */
  List<WarmModel.Glance> glance() {
    return all().stream().map(WarmModel::glance).toList();
  }

  /** Takes over the process of a model, if an earlier workbench left one. */
  void find(Path folder) throws IOException {
    of(folder).find();
  }

  /** Ends the process of a model; the next request starts it again. */
  void stop(String name) throws InterruptedException {
    for (WarmModel model : all()) {
      if (model.name().equals(name)) {
        model.stop();
      }
    }
  }

  private List<WarmModel> all() {
    synchronized (models) {
      return List.copyOf(models.values());
    }
  }

  private void stopIdle(Duration idle, Predicate<Path> lasting) {
    for (WarmModel model : all()) {
      try {
        if (!lasting.test(model.folder())) {
          model.stopIfIdle(idle);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Ends every process, so that none outlives the workbench. */
  @Override
  public void close() {
    clock.shutdownNow();
    List<Thread> ends =
        all().stream().map(model -> new Thread(() -> stop(model), "rft-model-end")).toList();
    ends.forEach(Thread::start);
    for (Thread end : ends) {
      try {
        end.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void stop(WarmModel model) {
    try {
      model.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
