package rft.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** A process that was started confined, and its files. */
final class ConfinedProcess implements AutoCloseable {
  private static final long SECONDS_TO_DIE = 10;

  private final Confinement confinement;
  private final Confinement.Confined confined;
  private final JobFolder job;
  private final Process process;
  private boolean ended;

  ConfinedProcess(Confinement confinement, Command command, boolean isWorker) throws IOException {
    this.confinement = confinement;
    job = new JobFolder(command.files());
    try {
      confined = confinement.confine(command, job.path(), isWorker);
      process = Starter.start(new ProcessBuilder(confined.arguments()));
    } catch (IOException | RuntimeException e) {
      job.close();
      throw e;
    }
  }

  Process process() {
    return process;
  }

  /** Kills it with all processes it started. */
  void kill() {
    confinement.kill(process, confined);
  }

  /** Kills it if it still runs, and removes its files. */
  @Override
  public synchronized void close() {
    if (ended) {
      return;
    }
    ended = true;
    boolean interrupted = Thread.interrupted();
    try {
      kill();
      process.waitFor(SECONDS_TO_DIE, TimeUnit.SECONDS);
      process.destroyForcibly(); // closes its streams, which a process without a parent may hold
      job.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the files of a sandboxed command", e);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
