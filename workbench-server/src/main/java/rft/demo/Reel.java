package rft.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import rft.demo.Recording.Frame;
import rft.run.RunFolder;
import rft.run.RunReader;
import rft.run.RunWriter;

/** One recorded run on its way into its copy. Not safe for several threads. */
final class Reel implements AutoCloseable {
  private final Recording recording;
  private final RunFolder copy;
  private final RunReader source;
  private @Nullable RunWriter writer;
  private int next;

  /**
   * Makes an empty copy below a folder.
   *
   * @param runs the folder of the copies
   */
  Reel(Recording recording, Path runs) throws IOException {
    this.recording = recording;
    copy = new RunFolder(runs.resolve(recording.header().id()));
    for (Path part :
        new Path[] {copy.rolloutsFolder(), copy.controlFolder(), copy.checkpointsFolder()}) {
      Files.createDirectories(part);
    }
    recording.copyJars(copy);
    source = RunReader.open(recording.source());
    writer = RunWriter.create(copy, recording.headerNow());
  }

  Recording recording() {
    return recording;
  }

  boolean ended() {
    return next == recording.frames().size();
  }

  /** Writes every frame up to a time. */
  void playTo(Duration time) throws IOException {
    while (writer != null && !ended()) {
      Frame frame = recording.frames().get(next);
      if (frame.after().compareTo(time) > 0) {
        return;
      }
      recording.play(frame, source, writer);
      next++;
    }
    if (ended()) {
      closeWriter();
    }
  }

  /** Shows that somebody still writes. */
  void heartbeat() throws IOException {
    if (writer != null) {
      writer.heartbeat();
    }
  }

  /** Begins anew, in the same folder. */
  void rewind() throws IOException {
    if (writer == null) {
      writer = RunWriter.resume(copy);
    }
    writer.truncateAfter(-1);
    next = 0;
  }

  private void closeWriter() throws IOException {
    if (writer != null) {
      writer.close();
      writer = null;
    }
  }

  @Override
  public void close() throws IOException {
    closeWriter();
    source.close();
  }
}
