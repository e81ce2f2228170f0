package rft.reward;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Compiles rewards that users write in Java into {@link RewardUnit}s, which run anywhere without
 * being compiled again.
 *
 * <p>A source is either a <em>unit</em>: one public class that implements {@link RewardFunction} or
 * {@link GroupReward} and has a public constructor without parameters, or has one public static
 * method {@code reward(..)}. Or it is a <em>body</em>: statements that return a number, a boolean
 * or a {@link Verdict}, with {@code String completion}, {@code String answer}, {@code String
 * prompt}, {@code Task task} and {@code Completion rollout} in scope. Or it is <em>whole
 * methods</em>: one called {@code reward} is the reward; else each that is not private is a part of
 * a {@link Rubric}, named as the method and of weight 1 or what {@link Weight} says, with {@link
 * Gate}, {@link Range} and {@link Combine} where a weighted sum is not enough. A method takes any
 * of {@code String completion}, {@code String answer}, {@code String prompt}, a {@code Task} and a
 * {@code Completion}; texts go by these names, others by this order. Bodies and methods may begin
 * with imports; {@code java.util}, its {@code regex} and {@code stream}, Jackson's {@code databind}
 * and this product's {@code dataset}, {@code reward} and {@code judge} packages are imported
 * already.
 *
 * <p>A reward sees the Java platform, Jackson, those two packages, {@code rft.sandbox} to run code,
 * {@code rft.judge} to ask a model, and its dependency jars, and nothing else: what it needs it
 * defines.
 */
public final class RewardCompiler {
  static final String RELEASE = "17";

  private static final String NUMBER = "double";
  private static final String CHECK = "boolean";
  private static final String VERDICT = "Verdict";
  private static final Pattern NOT_IDENTIFIER = Pattern.compile("\\W+");

  private final @Nullable JavaCompiler compiler;

  /** Makes a compiler that uses the one of the running JDK. */
  public RewardCompiler() {
    this(ToolProvider.getSystemJavaCompiler());
  }

  RewardCompiler(@Nullable JavaCompiler compiler) {
    this.compiler = compiler;
  }

  /** Returns the compiled reward of a source without dependency jars. */
  public RewardUnit compile(String name, String source) {
    return compile(name, source, List.of());
  }

  /**
   * Returns the compiled reward.
   *
   * @param name what the reward is called in runs and messages
   * @param source a unit, a body or whole methods; it is a unit if it declares a public class
   * @param dependencies jars that the reward needs; they become part of the unit
   * @throws RewardCompileException if the source does not compile or is no reward
   * @throws IllegalStateException if this Java has no compiler
   */
  public RewardUnit compile(String name, String source, List<Path> dependencies) {
    Map<String, byte[]> jars = read(dependencies);
    String identifier = NOT_IDENTIFIER.matcher(name).replaceAll("_") + "_reward";
    String className =
        Character.isJavaIdentifierStart(identifier.charAt(0)) ? identifier : "_" + identifier;
    Attempt attempt =
        switch (RewardForm.of(compiler(), source)) {
          case UNIT -> attempt(RewardSource.unit(source), name, dependencies);
          case METHODS -> attempt(RewardSource.methods(className, source), name, dependencies);
          case BODY ->
              body(
                  result ->
                      attempt(RewardSource.body(className, source, result), name, dependencies));
        };
    return finish(name, source, attempt, jars);
  }

  /** Returns the attempt with the type that the body returns, which most often is a number. */
  private static Attempt body(Function<String, Attempt> returning) {
    Attempt number = returning.apply(NUMBER);
    if (!number.hasWrongType()) {
      return number;
    }
    String likely = number.returnsBoolean() ? CHECK : VERDICT;
    Attempt second = returning.apply(likely);
    if (second.problems.isEmpty()) {
      return second;
    }
    Attempt third = returning.apply(likely.equals(CHECK) ? VERDICT : CHECK);
    // The attempt that fits the returned values best has the message that means most.
    return Stream.of(number, second, third).min(Comparator.naturalOrder()).orElseThrow();
  }

  private static RewardUnit finish(
      String name, String source, Attempt attempt, Map<String, byte[]> jars) {
    if (!attempt.problems.isEmpty()) {
      throw new RewardCompileException(name, attempt.problems);
    }
    try {
      String mainClass = RewardClass.mainClassOf(attempt.classes, jars);
      return new RewardUnit(name, source, mainClass, attempt.classes, jars);
    } catch (UnfitMethodException e) {
      throw new RewardCompileException(
          name, List.of(RewardSource.atMethod(source, e.method(), String.valueOf(e.getMessage()))));
    } catch (IllegalArgumentException e) {
      String reason = e.getMessage() == null ? "it is no reward" : e.getMessage();
      throw new RewardCompileException(name, List.of(new CompileProblem(1, 1, reason)));
    }
  }

  private JavaCompiler compiler() {
    if (compiler == null) {
      throw new IllegalStateException(
          "rewards are compiled from source, and this Java ("
              + System.getProperty("java.home")
              + ") has no compiler: install a JDK 17 or later and point JAVA_HOME at it");
    }
    return compiler;
  }

  private Attempt attempt(RewardSource source, String name, List<Path> dependencies) {
    JavaCompiler compiler = compiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try {
      Path output = Files.createTempDirectory("rft-reward");
      try (StandardJavaFileManager files =
          compiler.getStandardFileManager(diagnostics, null, StandardCharsets.UTF_8)) {
        List<String> options =
            List.of(
                "--release",
                RELEASE,
                "-g",
                "-parameters",
                "-proc:none",
                "-Xlint:none",
                "-implicit:none",
                "-d",
                output.toString(),
                "-cp",
                classPath(dependencies));
        List<SourceFile> sources = List.of(new SourceFile(name, source.text()));
        boolean done = compiler.getTask(null, files, diagnostics, options, null, sources).call();
        return new Attempt(source, diagnostics.getDiagnostics(), done, classesIn(output));
      } finally {
        delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the folder for temporary files", e);
    }
  }

  private static String classPath(List<Path> dependencies) {
    Stream<Path> product =
        Stream.of(GroupReward.class, JsonNode.class, JsonParser.class, JsonInclude.class)
            .map(RewardCompiler::originOf);
    return Stream.concat(product, dependencies.stream())
        .map(Path::toString)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path originOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the jar of " + type + " has no place", e);
    }
  }

  private static Map<String, byte[]> read(List<Path> dependencies) {
    Map<String, byte[]> jars = new LinkedHashMap<>();
    for (Path jar : dependencies) {
      try {
        if (jars.put(String.valueOf(jar.getFileName()), Files.readAllBytes(jar)) != null) {
          throw new IllegalArgumentException(
              "two dependency jars are called " + jar.getFileName() + ": rename one");
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the dependency jar " + jar, e);
      }
    }
    return jars;
  }

  private static Map<String, byte[]> classesIn(Path folder) throws IOException {
    Map<String, byte[]> classes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = folder.relativize(file).toString().replace(File.separatorChar, '.');
        classes.put(path.substring(0, path.length() - ".class".length()), Files.readAllBytes(file));
      }
    }
    return classes;
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(all::add);
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
