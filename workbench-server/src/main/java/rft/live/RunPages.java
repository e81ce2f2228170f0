package rft.live;

import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import rft.reward.RewardUnit;
import rft.run.CheckpointStore;
import rft.run.RunEvent;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunReader;

/** Reads what the page of one run shows. */
final class RunPages {
  private static final int LOG_LINES = 40;

  private final RunLog log;

  RunPages(RunLog log) {
    this.log = log;
  }

  /** Returns the page of a run, also of a damaged one. */
  RunPage read(RunFolder folder, List<String> tags) throws IOException {
    try (RunReader reader = RunReader.open(folder)) {
      return reader.atOneMoment(run -> page(run, tags));
    } catch (IOException | RuntimeException e) {
      RunLine line =
          RunGlance.at(folder)
              .orElseThrow(
                  () -> new NotFoundResponse("run " + folder.id() + " has not begun to write"));
      return damaged(folder, line.withTags(tags));
    }
  }

  private RunPage page(RunReader run, List<String> tags) throws IOException {
    RunHeader header = run.header();
    RunFolder folder = run.folder();
    return new RunPage(
        RunGlance.line(run).withTags(tags),
        run.position().toString(),
        RunSetup.of(header),
        rewards(folder, header),
        check(folder, header),
        run.events().stream().map(RunPages::line).toList(),
        checkpoints(folder),
        run.rolloutSteps(),
        finite(run.lastMetrics()),
        finite(run.firstMetrics()),
        run.series(),
        log.tail(folder, LOG_LINES),
        Files.isRegularFile(folder.reportFile()));
  }

  private RunPage damaged(RunFolder folder, RunLine line) {
    RunHeader header;
    try {
      header = RunHeader.read(folder);
    } catch (IOException e) {
      header = null;
    }
    return new RunPage(
        line,
        null,
        header == null ? null : RunSetup.of(header),
        header == null ? List.of() : rewards(folder, header),
        header == null ? null : check(folder, header),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        Map.of(),
        List.of(),
        log.tail(folder, LOG_LINES),
        Files.isRegularFile(folder.reportFile()));
  }

  static RunPage.EventLine line(RunEvent event) {
    return new RunPage.EventLine(
        event.sequence(),
        event.at().toString(),
        event.step(),
        event.kind().name().toLowerCase(Locale.ROOT),
        event.detail());
  }

  static Map<String, @Nullable Double> finite(Map<String, Double> values) {
    Map<String, @Nullable Double> finite = new LinkedHashMap<>();
    values.forEach((key, value) -> finite.put(key, RunGlance.finite(value)));
    return finite;
  }

  static List<RunPage.CheckpointLine> checkpoints(RunFolder folder) throws IOException {
    CheckpointStore store = new CheckpointStore(folder);
    OptionalInt best = store.best();
    List<RunPage.CheckpointLine> lines = new ArrayList<>();
    for (int step : store.steps()) {
      try {
        Instant at = Files.getLastModifiedTime(store.folder(step)).toInstant();
        boolean isBest = best.isPresent() && best.getAsInt() == step;
        lines.add(new RunPage.CheckpointLine(step, at.toString(), store.sizeBytes(step), isBest));
      } catch (NoSuchFileException e) {
        // The trainer dropped it meanwhile.
      }
    }
    return lines;
  }

  static List<RunPage.RewardSource> rewards(RunFolder folder, RunHeader header) {
    List<RunPage.RewardSource> sources = new ArrayList<>();
    sources.add(source(folder.rewardJar(), 1, 0, header.reward()));
    for (RunHeader.RewardChange change : header.rewardChanges()) {
      sources.add(
          source(
              folder.rewardJar(change.version()),
              change.version(),
              change.step(),
              change.reward()));
    }
    return sources;
  }

  private static RunPage.@Nullable RewardSource check(RunFolder folder, RunHeader header) {
    RunHeader.RewardInfo check = header.check();
    return check == null ? null : source(folder.checkJar(), 1, 0, check);
  }

  private static RunPage.RewardSource source(
      Path jar, int version, int step, RunHeader.RewardInfo info) {
    try {
      RewardUnit unit = RewardUnit.readJar(jar);
      return new RunPage.RewardSource(
          version, step, info.name(), info.sha256(), unit.language(), unit.source(), null);
    } catch (IOException | IllegalArgumentException e) {
      String problem = "its source cannot be read: " + e.getMessage();
      return new RunPage.RewardSource(
          version, step, info.name(), info.sha256(), null, null, problem);
    }
  }
}
