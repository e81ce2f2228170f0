package rft.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.run.RunEvent;
import rft.run.RunFolder;
import rft.run.RunLock;
import rft.run.RunPosition;
import rft.run.RunReader;
import rft.run.StepRecord;

/**
 * The news of one run, read from its database, which its trainer writes. Events:
 *
 * <ul>
 *   <li>{@code rollouts} {@code {"steps":[{"step":7,"count":32}]}}: steps that have rollouts;
 *   <li>{@code metrics} {@code {"steps":[{"step":7,"at":"..","values":{"reward/mean":0.5}}]}}: a
 *       value is null where it was not finite;
 *   <li>{@code event} {@code {"event":{..}}}: a {@link RunPage.EventLine};
 *   <li>{@code checkpoint} {@code {"checkpoints":[..]}}: all that there are now, after a change;
 *   <li>{@code run} {@code {"run":{..}}}: its {@link RunLine} as it is now;
 *   <li>{@code gone} {@code {}}: the run was deleted;
 *   <li>{@code resync} {@code {}}: load everything again; rows were dropped or too many were
 *       missed.
 * </ul>
 */
final class RunTopic implements Topic {
  /** Who missed more loads the page again, which is quicker. */
  private static final int MOST_STEPS = 1_000;

  private static final int STEPS_A_TIME = 100;

  private final RunFolder folder;
  private final Tags tags;
  private boolean checkpointsChanged;
  private @Nullable RunReader reader;
  private @Nullable Object openedFile;
  private @Nullable Look seen;

  /** What changes when the run does; its rows change with the version. */
  private record Look(
      @Nullable Object file, long version, Optional<Long> trainer, @Nullable Object checkpoints) {}

  private record Step(int step, String at, Map<String, @Nullable Double> values) {}

  private record Rollouts(int step, int count) {}

  RunTopic(RunFolder folder, Tags tags) {
    this.folder = folder;
    this.tags = tags;
  }

  @Override
  public boolean hasNews() throws IOException {
    Object file = identity(folder.databaseFile());
    if (!Objects.equals(file, openedFile)) {
      // Deleted, or another file in its place: what is open must not be held on to.
      close();
    }
    long version = reader == null ? -1 : reader.dataVersion();
    Look look =
        new Look(file, version, RunLock.livePid(folder), changeOf(folder.checkpointsFolder()));
    boolean news = !look.equals(seen);
    checkpointsChanged = seen != null && !Objects.equals(seen.checkpoints(), look.checkpoints());
    seen = look;
    return news;
  }

  private static @Nullable Object identity(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.fileKey() == null ? found.creationTime() : found.fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable Object changeOf(Path folder) {
    try {
      return Files.getLastModifiedTime(folder);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public News since(String position) throws IOException {
    try {
      return open().atOneMoment(run -> news(run, position));
    } catch (IOException e) {
      close();
      Optional<RunLine> line = RunGlance.at(folder);
      return line.isEmpty()
          ? new News(List.of(News.Item.state("gone", Map.of())), position)
          : new News(List.of(state(line.get())), position);
    }
  }

  private RunReader open() throws IOException {
    if (reader == null) {
      openedFile = identity(folder.databaseFile());
      reader = RunReader.open(folder);
    }
    return reader;
  }

  private News.Item state(RunLine line) throws IOException {
    List<String> marks = tags.all().getOrDefault(folder.id(), List.of());
    return News.Item.state("run", Map.of("run", line.withTags(marks)));
  }

  private News news(RunReader run, String position) throws IOException {
    RunPosition now = run.position();
    RunPosition from = position.equals(NOW) ? now : RunPosition.parse(position).orElse(null);
    if (from == null || !now.isReachableFrom(from)) {
      return News.lost(now.toString());
    }
    List<StepRecord> steps = run.stepsAfter(from.step(), MOST_STEPS + 1);
    if (steps.size() > MOST_STEPS) {
      return News.lost(now.toString());
    }
    List<News.Item> items = new ArrayList<>();
    for (int i = 0; i < steps.size(); i += STEPS_A_TIME) {
      addSteps(items, steps.subList(i, Math.min(steps.size(), i + STEPS_A_TIME)), from);
    }
    for (RunEvent event : run.eventsAfter(from.event())) {
      RunPosition at = new RunPosition(now.generation(), now.step(), event.sequence());
      items.add(News.Item.moving("event", Map.of("event", RunPages.line(event)), at.toString()));
    }
    if (checkpointsChanged) {
      items.add(News.Item.state("checkpoint", Map.of("checkpoints", RunPages.checkpoints(folder))));
    }
    items.add(state(RunGlance.line(run)));
    return new News(items, now.toString());
  }

  private static void addSteps(List<News.Item> items, List<StepRecord> steps, RunPosition from) {
    List<Rollouts> rollouts = new ArrayList<>();
    List<Step> values = new ArrayList<>();
    for (StepRecord step : steps) {
      if (step.rollouts() > 0) {
        rollouts.add(new Rollouts(step.step(), step.rollouts()));
      }
      values.add(new Step(step.step(), step.at().toString(), RunPages.finite(step.metrics())));
    }
    if (!rollouts.isEmpty()) {
      // Without a position of its own: who loses the connection here hears of it again.
      items.add(new News.Item("rollouts", Map.of("steps", rollouts), null, false));
    }
    int last = steps.get(steps.size() - 1).step();
    RunPosition at = new RunPosition(from.generation(), last, from.event());
    items.add(News.Item.moving("metrics", Map.of("steps", values), at.toString()));
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      RunReader old = reader;
      reader = null;
      openedFile = null;
      old.close();
    }
  }
}
