package rft.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Confinement by Docker or Podman, for systems without bubblewrap: no network, a read-only image, a
 * scratch folder in memory, no capabilities. Programs are those of the image.
 */
final class Containers implements Confinement {
  /** Names the image; it must hold python3, bash and util-linux, as Debian's do. */
  static final String IMAGE_VARIABLE = "RFT_SANDBOX_IMAGE";

  static final String IMAGE = "python:3.12-slim-bookworm";

  private static final long SECONDS_TO_END = 20;

  private final Path program;
  private final String image;

  Containers(Path program, String image) {
    this.program = program;
    this.image = image;
  }

  @Override
  public String name() {
    return String.valueOf(program.getFileName()).replaceFirst("[.]exe$", "");
  }

  @Override
  public boolean hasHostPrograms() {
    return false;
  }

  @Override
  public Confined confine(Command command, @Nullable Path job, boolean isWorker) {
    Limits limits = command.limits();
    String id = "rft-" + UUID.randomUUID();
    List<String> line = new ArrayList<>();
    line.addAll(List.of(program.toString(), "run", "--rm", "--interactive", "--init"));
    // An image is never fetched in passing.
    line.addAll(List.of("--pull", "never", "--name", id, "--hostname", "sandbox"));
    line.addAll(List.of("--network", "none", "--ipc", "none", "--read-only"));
    line.addAll(List.of("--cap-drop", "ALL", "--security-opt", "no-new-privileges"));
    line.addAll(List.of("--user", JobFolder.NOBODY + ":" + JobFolder.NOBODY));
    line.addAll(List.of("--pids-limit", String.valueOf(limits.processes())));
    String memory = String.valueOf(limits.memoryBytes());
    line.addAll(List.of("--memory", memory, "--memory-swap", memory));
    line.addAll(List.of("--ulimit", "fsize=" + limits.fileBytes()));
    line.addAll(List.of("--ulimit", "nofile=256:256", "--ulimit", "core=0:0"));
    if (!isWorker) {
      line.addAll(List.of("--ulimit", "cpu=" + seconds(limits.cpu())));
    }
    line.addAll(
        List.of("--tmpfs", "/scratch:rw,nosuid,nodev,mode=1777,size=" + limits.scratchBytes()));
    for (String variable :
        List.of("HOME=/scratch", "TMPDIR=/scratch", "LANG=C.UTF-8", "PYTHONHASHSEED=0")) {
      line.addAll(List.of("--env", variable));
    }
    if (job != null) {
      line.addAll(List.of("--mount", "type=bind,source=" + job + ",target=/job,readonly"));
    }
    line.addAll(List.of("--workdir", "/scratch", "--entrypoint", "", image));
    if (!isWorker) {
      // The container outlives this JVM if that is killed; a worker's input ends then.
      long longest = seconds(limits.wallClock()) + 1;
      line.addAll(List.of("timeout", "--signal", "KILL", String.valueOf(longest)));
    }
    line.addAll(command.arguments());
    return new Confined(line, id);
  }

  /** Ends the container, too: it is no child of the process that started it. */
  @Override
  public void kill(Process process, Confined confined) {
    boolean ranOn = process.isAlive();
    process.toHandle().destroyForcibly();
    if (!ranOn) {
      return;
    }
    try {
      new ProcessBuilder(program.toString(), "rm", "--force", confined.id())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot end the container " + confined.id(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long seconds(Duration time) {
    return Math.max(1, (time.toMillis() + 999) / 1000);
  }
}
