package rft.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Confinement by Linux namespaces: no network, no other processes, no capabilities, the system's
 * programs and nothing else of the disk, and a scratch folder in memory. Needs no root; a JVM of
 * root has its commands run as nobody, because root's processes cannot be limited.
 */
final class Bubblewrap implements Confinement {
  private static final Duration TO_START = Duration.ofMillis(100);

  private static final List<String> SYSTEM_FOLDERS =
      List.of("lib", "lib32", "lib64", "bin", "sbin");

  /** The cache by which programs find their libraries; without it some find none. */
  private static final List<String> SYSTEM_FILES =
      List.of("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives");

  private final Path program;
  private final boolean isSuperuser;

  Bubblewrap(Path program, boolean isSuperuser) {
    this.program = program;
    this.isSuperuser = isSuperuser;
  }

  @Override
  public String name() {
    return "bubblewrap";
  }

  @Override
  public Confined confine(Command command, @Nullable Path job, boolean isWorker) {
    Limits limits = command.limits();
    List<String> line = new ArrayList<>();
    line.add("prlimit");
    if (!isWorker) {
      line.add("--cpu=" + seconds(limits.cpu()));
    }
    line.addAll(List.of("--fsize=" + limits.fileBytes(), "--nofile=256:256", "--core=0", "--"));
    if (isSuperuser) {
      String nobody = String.valueOf(JobFolder.NOBODY);
      line.addAll(List.of("setpriv", "--reuid", nobody, "--regid", nobody, "--clear-groups", "--"));
    }
    line.add(program.toString());
    // --unshare-all only tries a user namespace, and --disable-userns needs one.
    line.addAll(List.of("--unshare-all", "--unshare-user", "--disable-userns"));
    line.addAll(List.of("--die-with-parent", "--new-session", "--cap-drop", "ALL"));
    line.addAll(environment());
    line.addAll(List.of("--hostname", "sandbox", "--ro-bind", "/usr", "/usr"));
    line.addAll(systemFolders());
    line.addAll(List.of("--size", String.valueOf(limits.scratchBytes()), "--tmpfs", "/scratch"));
    line.addAll(visible(command.visible()));
    // The root and /dev are writable and without limit until they are mounted again.
    line.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
    line.addAll(List.of("--size", "1048576", "--tmpfs", "/dev/shm", "--remount-ro", "/dev"));
    if (job != null) {
      line.addAll(List.of("--ro-bind", job.toString(), "/job"));
    }
    line.addAll(List.of("--remount-ro", "/", "--chdir", "/scratch", "--"));
    // Inside, because outside it would count this user's processes, the sandbox itself among them.
    line.addAll(List.of("/usr/bin/prlimit", "--as=" + limits.memoryBytes()));
    line.addAll(List.of("--nproc=" + limits.processes() + ":" + limits.processes(), "--"));
    line.addAll(command.arguments());
    return new Confined(line, "");
  }

  /**
   * Returns the few variables there are; numeric libraries are kept from a thread for each core.
   */
  private static List<String> environment() {
    List<String> options = new ArrayList<>(List.of("--clearenv"));
    List<String> variables =
        List.of(
            "PATH=/usr/local/bin:/usr/bin",
            "HOME=/scratch",
            "TMPDIR=/scratch",
            "LANG=C.UTF-8",
            "PYTHONHASHSEED=0",
            "OMP_NUM_THREADS=1",
            "OPENBLAS_NUM_THREADS=1");
    for (String variable : variables) {
      int equals = variable.indexOf('=');
      options.addAll(
          List.of("--setenv", variable.substring(0, equals), variable.substring(equals + 1)));
    }
    return options;
  }

  /** Returns what shows these folders, and what makes the usual temporary folder. */
  private static List<String> visible(List<Path> folders) {
    List<String> options = new ArrayList<>();
    if (folders.stream().noneMatch(folder -> folder.startsWith("/tmp"))) {
      options.addAll(List.of("--symlink", "scratch", "/tmp"));
    }
    for (Path folder : folders) {
      if (!folder.startsWith("/usr")) {
        options.addAll(List.of("--ro-bind", folder.toString(), folder.toString()));
      }
    }
    return options;
  }

  /**
   * Returns the folders of programs beside /usr: links into it on most systems, folders on some.
   */
  private static List<String> systemFolders() {
    List<String> options = new ArrayList<>();
    for (String name : SYSTEM_FOLDERS) {
      Path folder = Path.of("/", name);
      try {
        if (Files.isSymbolicLink(folder)) {
          options.addAll(
              List.of("--symlink", Files.readSymbolicLink(folder).toString(), folder.toString()));
        } else if (Files.isDirectory(folder)) {
          options.addAll(List.of("--ro-bind", folder.toString(), folder.toString()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + folder, e);
      }
    }
    for (String file : SYSTEM_FILES) {
      options.addAll(List.of("--ro-bind-try", file, file));
    }
    return options;
  }

  private static long seconds(Duration time) {
    return Math.max(1, (time.toMillis() + 999) / 1000);
  }

  /**
   * Kills its child first, with which all inside ends: bwrap killed before the child has asked the
   * system to die with it would leave it behind.
   */
  @Override
  public void kill(Process process, Confined confined) {
    long begun = System.nanoTime();
    while (process.isAlive()
        && process.children().findAny().isEmpty()
        && System.nanoTime() - begun < TO_START.toNanos()) {
      Thread.onSpinWait();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
  }
}
