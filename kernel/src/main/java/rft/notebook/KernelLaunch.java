package rft.notebook;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rft.command.Installation;
import rft.wire.KernelCommand;

/**
 * How a kernel process of this installation is started. All paths are absolute: a front-end may
 * know no search path and run in any folder.
 *
 * @param java the program of the Java that this process runs on
 * @param options of that Java, chosen by the user
 * @param classPath jars in a fixed order, which a class archive depends on
 * @param entry main class and its arguments before the connection file
 * @param root the installation
 */
record KernelLaunch(
    Path java, List<String> options, List<Path> classPath, List<String> entry, Path root) {
  private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

  /** The first Java that warns of native code which nobody allowed. */
  private static final int JAVA_THAT_ASKS_FOR_NATIVE_ACCESS = 22;

  /**
   * Methods are optimised after four times as many calls as Java would wait; loops at once, as
   * ever. In the first hundred cells the optimising compiler took two fifths of the kernel's time.
   */
  private static final List<String> LATER_OPTIMISING =
      List.of(
          "-XX:Tier4InvocationThreshold=20000",
          "-XX:Tier4MinInvocationThreshold=5000",
          "-XX:Tier4CompileThreshold=40000");

  /** Lends cells the compiler that keeps what it has read. */
  private static final String COMPILER =
      "--add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED";

  private static final List<String> ENTRY = List.of("rft.cli.Main", "kernel", "run");

  private static final List<String> MODULES =
      List.of(
          "cli",
          "commands",
          "tasks",
          "runs",
          "reward-templates",
          "training",
          "workbench-server",
          "kernel");

  /** What the process that installs a kernel was told and the kernel must know too. */
  private static final List<String> INHERITED = List.of("RFT_HOME", "PYTORCH_LIBRARY_PATH");

  /**
   * Asks the engine to add up in the same order on every x86 processor, also on those that could do
   * more at once, so that a committed notebook can be compared with a run of it elsewhere. MKL's
   * faster choices hold on Intel's processors alone.
   *
   * @see <a
   *     href="https://intel.com/content/www/us/en/docs/onemkl/developer-reference-c/2025-0/named-constants-for-cnr-control.html">what
   *     MKL promises on which processor</a>
   */
  private static final Map<String, String> REPEATABLE =
      Map.of("ATEN_CPU_CAPABILITY", "avx2", "MKL_CBWR", "COMPATIBLE");

  KernelLaunch {
    options = List.copyOf(options);
    classPath = List.copyOf(classPath);
    entry = List.copyOf(entry);
  }

  /** Returns how this process would start a kernel. */
  static KernelLaunch ofProcess(List<String> options) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", WINDOWS ? "java.exe" : "java");
    return new KernelLaunch(java, options, jars(), ENTRY, Installation.current().root());
  }

  /** Returns the jars beside the one that holds this class, or the class path where it is none. */
  private static List<Path> jars() throws IOException {
    Path lib = lib();
    List<Path> jars = new ArrayList<>();
    for (String module : MODULES) {
      Path folder = lib.resolve("rft-" + module);
      if (!Files.isRegularFile(folder.resolve("rft-" + module + ".jar"))) {
        return ownClassPath();
      }
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
      }
    }
    return jars;
  }

  /** Returns the folder that holds a folder of jars for each module, if this class is in one. */
  private static Path lib() {
    try {
      Path source =
          Path.of(KernelLaunch.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path lib = source.resolve("..").resolve("..").normalize();
      return Files.isRegularFile(source) ? lib : source;
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of this class is no path", e);
    }
  }

  private static List<Path> ownClassPath() {
    return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().normalize())
        .toList();
  }

  /**
   * Returns the program and its arguments.
   *
   * @param archiveFlag of Java, to use or to make a class archive; empty to do without
   * @param connectionFile its path, or what stands for it
   */
  List<String> arguments(Optional<String> archiveFlag, String connectionFile) {
    List<String> arguments = new ArrayList<>(archiveFlag.map(this::javaWith).orElse(javaWith("")));
    arguments.addAll(entry);
    arguments.add(connectionFile);
    return List.copyOf(arguments);
  }

  /**
   * Returns Java with its options and its class path, but nothing to run; the flag may be empty.
   */
  List<String> javaWith(String archiveFlag) {
    List<String> arguments = new ArrayList<>(List.of(java.toString(), "-XX:+UseSerialGC"));
    arguments.addAll(LATER_OPTIMISING);
    if (!archiveFlag.isEmpty()) {
      arguments.add(archiveFlag);
    }
    // What Java has to say of an archive that no longer fits must not mix with the output.
    arguments.addAll(List.of("-Xshare:auto", "-Xlog:disable"));
    if (Runtime.version().feature() >= JAVA_THAT_ASKS_FOR_NATIVE_ACCESS) {
      arguments.add("--enable-native-access=ALL-UNNAMED");
    }
    arguments.add(COMPILER);
    arguments.addAll(List.of("-Dfile.encoding=UTF-8", "-Djava.awt.headless=true"));
    arguments.add("-Drft.root=" + root);
    arguments.addAll(options);
    arguments.add("-cp");
    arguments.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    return arguments;
  }

  /** Returns how our client starts a kernel that works in a folder. */
  KernelCommand inFolder(Path folder, Optional<String> archiveFlag) {
    List<String> arguments = new ArrayList<>();
    if (!WINDOWS) {
      // Ctrl-C reaches every process of a terminal, and the kernel would take it for a second
      // interrupt after ours.
      arguments.addAll(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "kernel"));
    }
    arguments.addAll(arguments(archiveFlag, KernelSpec.CONNECTION_FILE));
    Map<String, String> variables = environment(System.getenv());
    variables.putAll(repeatable(System.getenv()));
    return new KernelCommand(arguments, variables, folder);
  }

  /** Returns the settings of the engine, by the names of their variables: those set, or ours. */
  static Map<String, String> repeatable(Map<String, String> own) {
    Map<String, String> settings = new LinkedHashMap<>();
    REPEATABLE.forEach((name, value) -> settings.put(name, own.getOrDefault(name, value)));
    return settings;
  }

  /** Returns the place of the archive of the classes of all kernels of this installation. */
  ClassArchive archive() {
    return new ClassArchive(
        root.resolve("target")
            .resolve("rft-kernel-" + System.getProperty("java.version") + ".jsa"));
  }

  /** Returns the variables that the process gets: those that the launcher sets, and ours. */
  static Map<String, String> environment(Map<String, String> own) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("OMP_NUM_THREADS", own.getOrDefault("OMP_NUM_THREADS", "1"));
    // glibc keeps what was freed in an arena for each thread there ever was: gigabytes in the end.
    variables.put("MALLOC_ARENA_MAX", own.getOrDefault("MALLOC_ARENA_MAX", "2"));
    variables.put("TORCH_CPP_LOG_LEVEL", own.getOrDefault("TORCH_CPP_LOG_LEVEL", "ERROR"));
    for (String name : INHERITED) {
      String value = own.getOrDefault(name, "");
      if (!value.isEmpty()) {
        variables.put(name, value);
      }
    }
    return variables;
  }
}
