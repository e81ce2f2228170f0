package rft.reward;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rft.dataset.Sha256;

/**
 * A compiled reward that is complete in itself: source, classes, dependency jars, and one SHA-256
 * over all of them. Jobs, resumes and other machines load it and never compile it again.
 */
public final class RewardUnit {
  /** The language of rewards that are compiled. */
  public static final String JAVA = "java";

  /** Packages that a reward sees and must not replace. */
  private static final List<String> OURS =
      List.of("rft.dataset.", "rft.reward.", "rft.sandbox.", "rft.judge.");

  private final String name;
  private final String language;
  private final String source;
  private final String mainClass;
  private final Map<String, byte[]> classes;
  private final Map<String, byte[]> jars;
  private final String sha256;

  /**
   * @param classes class bytes by class name
   * @param jars bytes of the dependency jars by file name
   */
  RewardUnit(
      String name,
      String source,
      String mainClass,
      Map<String, byte[]> classes,
      Map<String, byte[]> jars) {
    this(name, JAVA, source, mainClass, classes, jars);
  }

  RewardUnit(
      String name,
      String language,
      String source,
      String mainClass,
      Map<String, byte[]> classes,
      Map<String, byte[]> jars) {
    if (name.isBlank() || name.length() > 100 || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a reward's name must be one line of 1 to 100 characters");
    }
    if (language.equals(JAVA) && !classes.containsKey(mainClass)) {
      throw new IllegalArgumentException("reward " + name + " lacks its class " + mainClass);
    }
    for (String className : classes.keySet()) {
      if (OURS.stream().anyMatch(className::startsWith)) {
        throw new IllegalArgumentException(
            "the class " + className + " takes a package of the product: use another one");
      }
    }
    this.name = name;
    this.language = language;
    this.source = source;
    this.mainClass = mainClass;
    this.classes = Collections.unmodifiableMap(new TreeMap<>(classes));
    this.jars = Collections.unmodifiableMap(new TreeMap<>(jars));
    this.sha256 = hash();
  }

  /**
   * Returns a reward that is not Java: its source is all of it.
   *
   * @throws RewardCompileException if the source cannot be a reward of that language
   */
  public static RewardUnit of(RewardLanguage language, String name, String source) {
    language.check(name, source);
    return new RewardUnit(name, language.name(), source, "", Map.of(), Map.of());
  }

  /**
   * Returns the unit that {@link #writeJar} wrote.
   *
   * @throws IllegalArgumentException if the file is no such jar, was changed since, or holds names
   *     or sizes that a reward never has
   * @throws IOException if the file cannot be read
   */
  public static RewardUnit readJar(Path file) throws IOException {
    return RewardJar.read(file);
  }

  /**
   * Writes the unit as a jar that appears at once and whole; equal units give equal bytes.
   *
   * @throws IOException if the file cannot be written
   */
  public void writeJar(Path file) throws IOException {
    RewardJar.write(this, file);
  }

  /**
   * Returns the reward, ready to score, in a class loader of its own. A reward of single
   * completions comes as a group reward that calls it for each. One that is {@link AutoCloseable}
   * holds processes or connections; {@link RewardJudge#close} closes it.
   *
   * @throws IllegalArgumentException if the class cannot be loaded or its constructor throws
   */
  public GroupReward load() {
    return isJava() ? RewardClass.load(this) : RewardLanguage.named(language).load(name, source);
  }

  /**
   * Returns the weight of each part by its name, 0 for a metric; empty for a reward that does not
   * declare its parts as methods, or is not simply their weighted sum.
   */
  public Map<String, Double> weights() {
    return isJava() ? RewardClass.weights(this) : RewardLanguage.named(language).weights(source);
  }

  /** Returns whether the reward names what ends the JVM: such a one belongs in another process. */
  public boolean mayEndProcess() {
    return ClassTraits.mayEndProcess(this);
  }

  /** Returns what the author probably did not mean, one sentence each; none for Java. */
  public List<String> warnings() {
    return isJava() ? List.of() : RewardLanguage.named(language).warnings(source);
  }

  /** Returns what the source is written in: {@link #JAVA}, or a {@link RewardLanguage}'s name. */
  public String language() {
    return language;
  }

  private boolean isJava() {
    return language.equals(JAVA);
  }

  /** Returns what the reward is called. */
  public String name() {
    return name;
  }

  /** Returns the source as the user wrote it. */
  public String source() {
    return source;
  }

  /** Returns the file names of the dependency jars, sorted. */
  public List<String> dependencies() {
    return List.copyOf(jars.keySet());
  }

  /** Returns the SHA-256 of name, source, classes and jars, 64 hexadecimal characters. */
  public String sha256() {
    return sha256;
  }

  String mainClass() {
    return mainClass;
  }

  Map<String, byte[]> classes() {
    return classes;
  }

  Map<String, byte[]> jars() {
    return jars;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RewardUnit unit && unit.sha256.equals(sha256);
  }

  @Override
  public int hashCode() {
    return sha256.hashCode();
  }

  @Override
  public String toString() {
    return "RewardUnit[" + name + ", " + sha256.substring(0, 12) + "]";
  }

  private String hash() {
    MessageDigest digest = Sha256.start();
    List<String> texts =
        isJava() ? List.of(name, mainClass, source) : List.of(name, language, "", source);
    for (String text : texts) {
      add(digest, text.getBytes(StandardCharsets.UTF_8));
    }
    for (Map<String, byte[]> group : List.of(classes, jars)) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, group.size()));
      group.forEach(
          (key, bytes) -> {
            add(digest, key.getBytes(StandardCharsets.UTF_8));
            add(digest, bytes);
          });
    }
    return Sha256.hex(digest);
  }

  /** Adds bytes after their length, so that no two units feed the digest alike. */
  private static void add(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }
}
