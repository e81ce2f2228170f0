package rft.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rft.run.RunEvent;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunReader;
import rft.run.RunWriter;

/**
 * A run as it went: what it wrote, and how long after its beginning.
 *
 * @param source the folder it lies in
 * @param header what it is
 * @param frames what it wrote, by ascending time
 */
record Recording(RunFolder source, RunHeader header, List<Frame> frames) {
  Recording {
    frames = List.copyOf(frames);
  }

  /**
   * A step or an event.
   *
   * @param after time since the run began
   * @param step the step; of an event, the last whole step then
   * @param event the event, or null for a step
   */
  record Frame(Duration after, int step, @Nullable RunEvent event) {}

  /**
   * Reads a recorded run.
   *
   * @throws IOException if it cannot be read
   */
  static Recording read(RunFolder folder) throws IOException {
    try (RunReader reader = RunReader.open(folder)) {
      RunHeader header = reader.header();
      List<RunEvent> events = reader.events();
      Map<Integer, Instant> steps = reader.stepTimes();
      Instant start = events.isEmpty() ? header.created() : events.get(0).at();
      List<Frame> frames = new ArrayList<>();
      for (RunEvent event : events) {
        frames.add(new Frame(since(start, event.at()), event.step(), event));
      }
      steps.forEach((step, at) -> frames.add(new Frame(since(start, at), step, null)));
      // A step is written before the events that name it as the last.
      frames.sort(
          Comparator.comparing(Frame::after)
              .thenComparing(frame -> frame.event() == null ? 0 : 1)
              .thenComparing(Frame::step));
      return new Recording(folder, header, frames);
    }
  }

  /** Returns every recorded run of a folder, by name. */
  static List<Recording> readAll(Path runs) throws IOException {
    List<Path> folders;
    try (Stream<Path> files = Files.list(runs)) {
      folders = files.filter(Files::isDirectory).sorted().toList();
    }
    List<Recording> recordings = new ArrayList<>();
    for (Path folder : folders) {
      recordings.add(read(new RunFolder(folder)));
    }
    return recordings;
  }

  private static Duration since(Instant start, Instant at) {
    Duration after = Duration.between(start, at);
    return after.isNegative() ? Duration.ZERO : after;
  }

  /** Returns how long the run took. */
  Duration length() {
    return frames.isEmpty() ? Duration.ZERO : frames.get(frames.size() - 1).after();
  }

  /** Returns how long after its beginning a step was written, and what happened at it. */
  Duration timeOf(int step) {
    return frames.stream()
        .filter(frame -> frame.step() <= step)
        .map(Frame::after)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** Returns what the run is, begun now. */
  RunHeader headerNow() {
    return new RunHeader(
        header.id(),
        header.name(),
        Instant.now(),
        header.version(),
        header.options(),
        header.dataset(),
        header.reward(),
        header.check(),
        header.model(),
        header.forkedFrom(),
        header.machine(),
        header.rewardChanges());
  }

  /** Writes a frame again. */
  void play(Frame frame, RunReader from, RunWriter to) throws IOException {
    RunEvent event = frame.event();
    if (event == null) {
      to.writeStep(frame.step(), from.metricsAt(frame.step()), from.rollouts(frame.step()));
    } else {
      to.event(event.kind(), event.step(), event.detail());
    }
  }

  /** Copies what does not grow: the jars of the rewards. */
  void copyJars(RunFolder to) throws IOException {
    try (Stream<Path> files = Files.list(source.path())) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        Files.copy(jar, to.path().resolve(jar.getFileName().toString()));
      }
    }
  }
}
