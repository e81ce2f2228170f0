package rft.sandbox;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the sandbox of this machine, once for each process. */
public final class Sandboxes {
  /**
   * The variable and the system property that, set to 1, run code without any sandbox where there
   * is none.
   */
  public static final String UNSAFE_VARIABLE = "RFT_UNSAFE_LOCAL_EXEC";

  static final String UNSAFE_PROPERTY = "rft.unsafe.local.exec";

  private static @Nullable Search found;
  private static @Nullable Sandbox unsafe;

  private Sandboxes() {}

  /**
   * Returns the first of bubblewrap, Docker and Podman that is here and refuses what it must: that
   * is really tried, at the first call.
   *
   * @throws NoSandboxException if there is none, saying what was tried and how to get one
   * @throws InterruptedException if the caller is interrupted while it is tried
   */
  public static synchronized Sandbox standard() throws NoSandboxException, InterruptedException {
    if (found == null) {
      found = Search.of(System.getenv(), System.getProperty("os.name", ""));
    }
    if (found.sandbox() != null) {
      return found.sandbox();
    }
    if (isUnsafeAllowed()) {
      unsafe = unsafe == null ? unsafe() : unsafe;
      return unsafe;
    }
    throw new NoSandboxException(found.problem(), found.advice());
  }

  /** Returns whether the user said that code may run without a sandbox. */
  public static boolean isUnsafeAllowed() {
    return "1".equals(System.getenv(UNSAFE_VARIABLE)) || Boolean.getBoolean(UNSAFE_PROPERTY);
  }

  /** Lets code run without a sandbox in this process where there is none. */
  public static void allowUnsafe() {
    System.setProperty(UNSAFE_PROPERTY, "true");
  }

  /** Returns whether this is no sandbox at all, as the user allowed. */
  public static boolean isUnsafe(Sandbox sandbox) {
    return sandbox instanceof ProcessSandbox processes && !processes.isConfined();
  }

  private static Sandbox unsafe() {
    System.err.println(
        "rft: WARNING: no sandbox works here, and "
            + UNSAFE_VARIABLE
            + " allows to go without: code that is not trusted runs with all your rights");
    return new ProcessSandbox(
        new Unconfined(Search.program(System.getenv(), "prlimit").isPresent()));
  }

  /**
   * What was looked for.
   *
   * @param sandbox the one that holds; null if none does
   * @param tried what was tried and why it is not used, one phrase each
   * @param system name of the operating system
   */
  record Search(@Nullable Sandbox sandbox, List<String> tried, String system) {
    static Search of(Map<String, String> environment, String system) throws InterruptedException {
      List<String> tried = new ArrayList<>();
      for (Confinement confinement : candidates(environment, system, tried)) {
        Sandbox sandbox = new ProcessSandbox(confinement);
        List<String> faults = SandboxCheck.faults(sandbox);
        if (faults.isEmpty()) {
          return new Search(sandbox, tried, system);
        }
        tried.add(confinement.name() + ": " + String.join(", ", faults));
      }
      return new Search(null, tried, system);
    }

    private static List<Confinement> candidates(
        Map<String, String> environment, String system, List<String> tried) {
      List<Confinement> candidates = new ArrayList<>();
      if (system.equals("Linux")) {
        Optional<Path> bubblewrap = program(environment, "bwrap");
        bubblewrap.ifPresentOrElse(
            path -> candidates.add(new Bubblewrap(path, JobFolder.isSuperuser())),
            () -> tried.add("bubblewrap: bwrap is not on the PATH"));
      }
      String image = environment.getOrDefault(Containers.IMAGE_VARIABLE, Containers.IMAGE);
      for (String name : List.of("docker", "podman")) {
        program(environment, name)
            .ifPresentOrElse(
                path -> candidates.add(new Containers(path, image)),
                () -> tried.add(name + ": not on the PATH"));
      }
      return candidates;
    }

    static Optional<Path> program(Map<String, String> environment, String name) {
      boolean isWindows = File.separatorChar == '\\';
      for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
        if (!folder.isEmpty()) {
          Path path = Path.of(folder, isWindows ? name + ".exe" : name);
          if (Files.isExecutable(path)) {
            return Optional.of(path.toAbsolutePath());
          }
        }
      }
      return Optional.empty();
    }

    String problem() {
      return "no sandbox works here ("
          + String.join("; ", tried)
          + "), and code that is not trusted runs in one only";
    }

    String advice() {
      if (!system.toLowerCase(Locale.ROOT).equals("linux")) {
        return "Install Docker or Podman, and fetch the image once: docker pull "
            + Containers.IMAGE;
      }
      String facts = String.join(" ", tried);
      if (facts.contains("bwrap is not on the PATH")) {
        return "Install bubblewrap (Debian, Ubuntu: apt-get install bubblewrap; Fedora: dnf install"
            + " bubblewrap)";
      }
      if (Files.isDirectory(Path.of("/sys/module/apparmor"))) {
        return "AppArmor may forbid bubblewrap its namespaces (Ubuntu 23.10 and later): copy"
            + " /usr/share/apparmor/extra-profiles/bwrap-userns-restrict to /etc/apparmor.d/ and"
            + " load it with apparmor_parser -r; see docs/sandbox.md";
      }
      return "bubblewrap needs version 0.8 and user namespaces, which a container may forbid; see"
          + " docs/sandbox.md";
    }
  }
}
