package rft.reward;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * How a source that is not Java becomes a reward: a Python file, a grader's JSON, the address of a
 * service. Other modules add theirs by {@link ServiceLoader}: name the class in {@code
 * META-INF/services/rft.reward.RewardLanguage}.
 */
public interface RewardLanguage {
  /**
   * Returns what it is called in a reward's jar, one lower-case word, for example {@code python}.
   */
  String name();

  /** Returns how names of its files end, for example {@code .py}; empty if it has no files. */
  List<String> fileEndings();

  /**
   * Returns how addresses begin that are themselves the source, for example {@code https://}; empty
   * if there are none.
   */
  default List<String> addresses() {
    return List.of();
  }

  /**
   * Refuses a source that cannot be a reward; must not run any of it.
   *
   * @throws RewardCompileException naming line and column of each problem
   */
  void check(String name, String source);

  /**
   * Returns the reward, ready to score. It may hold processes and connections: if so it is {@link
   * AutoCloseable}, and whoever loaded it closes it. What cannot be computed is a {@link Failure}
   * of each completion, never an exception.
   */
  GroupReward load(String name, String source);

  /** Returns the weight of each part by its name, 0 for a metric; empty if they are not known. */
  default Map<String, Double> weights(String source) {
    return Map.of();
  }

  /**
   * Returns what the author of a sound source probably did not mean, one sentence each; must not
   * run any of it.
   */
  default List<String> warnings(String source) {
    return List.of();
  }

  /** Returns all languages but Java. */
  static List<RewardLanguage> all() {
    return ServiceLoader.load(RewardLanguage.class, RewardLanguage.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /**
   * Returns the language of this name.
   *
   * @throws IllegalArgumentException if this product has none of that name
   */
  static RewardLanguage named(String name) {
    return all().stream()
        .filter(language -> language.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "this reward is written in " + name + ", which this process cannot run"));
  }

  /** Returns the language of a file by its name, or empty if it is none of these. */
  static Optional<RewardLanguage> ofFile(String fileName) {
    return all().stream()
        .filter(language -> language.fileEndings().stream().anyMatch(fileName::endsWith))
        .findFirst();
  }

  /** Returns the language that takes this text as an address, or empty if none does. */
  static Optional<RewardLanguage> ofAddress(String text) {
    return all().stream()
        .filter(language -> language.addresses().stream().anyMatch(text::startsWith))
        .findFirst();
  }
}
