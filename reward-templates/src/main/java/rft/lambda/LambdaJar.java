package rft.lambda;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import rft.reward.RewardUnit;

/**
 * A reward as what a Lambda function is made of: for a Java reward one jar that holds all it needs,
 * for a Python reward a zip with the file unchanged. Equal rewards give equal bytes.
 */
public final class LambdaJar {
  /** The handler of a Python function: file and function. */
  public static final String PYTHON_HANDLER = "lambda_function.lambda_handler";

  private static final String PYTHON = "python";
  private static final Pattern HANDLER_NAMED = Pattern.compile("\\blambda_handler\\b");
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private LambdaJar() {}

  /**
   * Returns the handler that the function's configuration names.
   *
   * @throws IllegalArgumentException if the reward is neither Java nor Python, or Python without
   *     the handler
   */
  public static String handler(RewardUnit unit) {
    return switch (unit.language()) {
      case RewardUnit.JAVA -> RewardHandler.HANDLER;
      case PYTHON -> {
        if (!HANDLER_NAMED.matcher(unit.source()).find()) {
          throw new IllegalArgumentException(
              "the reward "
                  + unit.name()
                  + " has no lambda_handler(event, context), which Lambda calls: add one to the"
                  + " file, or write the reward in Java");
        }
        yield PYTHON_HANDLER;
      }
      default ->
          throw new IllegalArgumentException(
              "the reward "
                  + unit.name()
                  + " is written in "
                  + unit.language()
                  + ": only Java and Python become a Lambda function");
    };
  }

  /**
   * Writes the file that the function is made of.
   *
   * @throws IllegalArgumentException as {@link #handler}
   * @throws IOException if it cannot be written
   */
  public static void write(RewardUnit unit, Path file) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    if (handler(unit).equals(PYTHON_HANDLER)) {
      entries.put("lambda_function.py", unit.source().getBytes(StandardCharsets.UTF_8));
    } else {
      addClasses(entries, RewardUnit.class, LambdaJar::isReward);
      addClasses(entries, LambdaJar.class, name -> name.startsWith("rft/lambda/"));
      for (Class<?> jackson :
          new Class<?>[] {JsonProperty.class, JsonParser.class, JsonNode.class}) {
        addClasses(entries, jackson, LambdaJar::isJackson);
      }
      entries.put(RewardHandler.UNIT, unitJar(unit));
    }
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry header = new ZipEntry(entry.getKey());
        header.setTimeLocal(TIME);
        zip.putNextEntry(header);
        zip.write(entry.getValue());
      }
    }
  }

  private static byte[] unitJar(RewardUnit unit) throws IOException {
    Path jar = Files.createTempFile("reward", ".jar");
    try {
      unit.writeJar(jar);
      return Files.readAllBytes(jar);
    } finally {
      Files.deleteIfExists(jar);
    }
  }

  private static boolean isReward(String name) {
    return Stream.of("rft/dataset/", "rft/reward/", "rft/sandbox/", "rft/judge/")
        .anyMatch(name::startsWith);
  }

  /** Jackson's classes and licences; its variants for later Javas are only faster. */
  private static boolean isJackson(String name) {
    return name.startsWith("com/fasterxml/jackson/") || name.startsWith("META-INF/LICENSE");
  }

  /** Adds what lies beside a class, in its folder or jar. */
  private static void addClasses(
      Map<String, byte[]> entries, Class<?> type, Predicate<String> wanted) throws IOException {
    Path place;
    try {
      place = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("the place of " + type + " is no path", e);
    }
    if (Files.isDirectory(place)) {
      add(entries, place, wanted);
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        add(entries, jar.getPath("/"), wanted);
      }
    }
  }

  private static void add(Map<String, byte[]> entries, Path root, Predicate<String> wanted)
      throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString().replace('\\', '/');
        if (wanted.test(name)) {
          entries.put(name, Files.readAllBytes(file));
        }
      }
    }
  }
}
