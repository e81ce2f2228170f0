package rft.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs commands as processes that a {@link Confinement} holds. */
final class ProcessSandbox implements Sandbox {
  /** A process that outlived its parent may hold a stream open, where nothing confines it. */
  private static final long MILLIS_TO_READ = 2000;

  private final Confinement confinement;

  ProcessSandbox(Confinement confinement) {
    this.confinement = confinement;
  }

  @Override
  public String name() {
    return confinement.name();
  }

  boolean isConfined() {
    return !(confinement instanceof Unconfined);
  }

  @Override
  public boolean hasHostPrograms() {
    return confinement.hasHostPrograms();
  }

  @Override
  public Worker start(Command command) throws IOException {
    return new ProcessWorker(
        new ConfinedProcess(confinement, command, true), command.input(), command.limits());
  }

  @Override
  public Outcome run(Command command) throws IOException, InterruptedException {
    Limits limits = command.limits();
    long start = System.nanoTime();
    CappedText output = new CappedText(limits.outputBytes());
    CappedText errors = new CappedText(limits.outputBytes());
    AtomicBoolean flooded = new AtomicBoolean();
    try (ConfinedProcess confined = new ConfinedProcess(confinement, command, false)) {
      Process process = confined.process();
      Runnable onFlood =
          () -> {
            flooded.set(true);
            confined.kill();
          };
      Thread out = pump(() -> output.readAll(process.getInputStream(), onFlood));
      Thread err = pump(() -> errors.readAll(process.getErrorStream(), onFlood));
      pump(() -> feed(process, command.input()));
      boolean ended = process.waitFor(limits.wallClock().toNanos(), TimeUnit.NANOSECONDS);
      confined.kill();
      process.waitFor();
      out.join(MILLIS_TO_READ);
      err.join(MILLIS_TO_READ);
      Outcome.Ending ending =
          flooded.get()
              ? Outcome.Ending.OUTPUT_LIMIT
              : ended ? Outcome.Ending.EXITED : Outcome.Ending.TIMED_OUT;
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      return new Outcome(ending, process.exitValue(), output.text(), errors.text(), time);
    }
  }

  private static Thread pump(Runnable task) {
    Thread thread = Starter.daemon(task, "sandbox-stream");
    thread.start();
    return thread;
  }

  private static void feed(Process process, String input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended without reading all of it, as it may.
    }
  }
}
