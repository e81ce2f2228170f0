package rft.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * No confinement at all: the command runs with this user's rights. Only for whoever says so
 * expressly; on Linux its limits hold still.
 */
final class Unconfined implements Confinement {
  private final boolean hasPrlimit;

  Unconfined(boolean hasPrlimit) {
    this.hasPrlimit = hasPrlimit;
  }

  @Override
  public String name() {
    return "none (unsafe)";
  }

  @Override
  public Confined confine(Command command, @Nullable Path job, boolean isWorker) {
    Limits limits = command.limits();
    List<String> line = new ArrayList<>();
    if (hasPrlimit) {
      line.addAll(List.of("prlimit", "--core=0", "--fsize=" + limits.fileBytes()));
      line.add("--as=" + limits.memoryBytes());
      if (!isWorker) {
        line.add("--cpu=" + Math.max(1, limits.cpu().toSeconds()));
      }
      line.add("--");
    }
    for (String argument : command.arguments()) {
      // Here the files lie where they were written.
      line.add(job == null ? argument : argument.replace("/job", job.toString()));
    }
    return new Confined(line, "");
  }

  @Override
  public void kill(Process process, Confined confined) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
  }
}
