package rft.playground;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A process that serves one base model with all that was trained from it. */
interface ModelProcess {
  /** Starts such processes, and finds those an earlier workbench left. */
  interface Source {
    /** Starts one and does not wait until it answers. */
    ModelProcess start(Path model) throws IOException;

    /** Returns the process that serves a model, if one is alive. */
    Optional<ModelProcess> find(Path model) throws IOException;
  }

  boolean isAlive();

  /** Returns where it answers; empty until it does. */
  Optional<Endpoint> endpoint() throws IOException;

  long pid();

  Instant since();

  /** Returns in one sentence how it ended, or what it does now if it is alive. */
  String lastWords() throws IOException;

  /** Asks it to end, and kills it if it has not done so in time. */
  void stop(Duration patience) throws InterruptedException;
}
