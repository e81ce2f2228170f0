package rft.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import rft.dataset.NearestName;
import rft.reward.RewardCompiler;
import rft.reward.RewardUnit;

/**
 * The ready rewards by name. Each is one Java file of this package with its tests beside it: a
 * source and a {@code NAME.examples.jsonl} are all it takes to add one. Both ship with the product:
 * to change a reward, copy its {@link ReadyReward#cell} or its source and edit that.
 */
public final class RewardTemplates {
  /** A reward to begin with: methods that run as they stand and show what there is. */
  public static final String STARTER =
      """
      // Each method is a part of the reward: its value times its weight goes into the sum.
      // There are String completion, answer and prompt, and Task task and Completion rollout.
      boolean correct(String completion, String answer) {
        return lastNumber(completion).equals(answer);
      }

      @Weight(0.1)
      double brief(String completion) {
        return completion.length() <= 60 ? 1 : 0;
      }

      @Weight(0) // a metric: recorded, not rewarded
      double words(String completion) {
        return completion.strip().split("\\\\s+").length;
      }

      private String lastNumber(String text) {
        Matcher number = Pattern.compile("-?\\\\d+").matcher(text);
        String last = "";
        while (number.find()) {
          last = number.group();
        }
        return last;
      }
      """;

  private static final String FOLDER = "META-INF/reward-templates";
  private static final String SOURCE = ".java";
  private static final String EXAMPLES = ".examples.jsonl";
  private static final Pattern PACKAGE = Pattern.compile("^package [\\w.]+;\\n+");
  private static final Map<String, ReadyReward> ALL = all(origin());

  private RewardTemplates() {}

  /** Returns all: rules, then those that ask a model, then the loose ones, each by name. */
  public static List<ReadyReward> all() {
    return List.copyOf(ALL.values());
  }

  /** Returns all names, in the order of {@link #all}. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /** Returns true if there is a ready reward with this name. */
  public static boolean has(String name) {
    return ALL.containsKey(name);
  }

  /**
   * Returns a ready reward.
   *
   * @throws IllegalArgumentException if there is no such reward, naming the nearest
   */
  public static ReadyReward named(String name) {
    ReadyReward reward = ALL.get(name);
    if (reward == null) {
      throw new IllegalArgumentException(
          "there is no ready reward "
              + name
              + ": did you mean "
              + NearestName.closest(name, names()).orElseThrow()
              + "? There are "
              + String.join(", ", names()));
    }
    return reward;
  }

  /**
   * Returns a ready reward as the unit that runs, jobs and other machines load; compiling it takes
   * part of a second.
   *
   * @throws IllegalArgumentException if there is no such reward, naming the nearest
   * @throws IllegalStateException if this Java has no compiler
   */
  public static RewardUnit unit(String name) {
    return new RewardCompiler().compile(name, named(name).source());
  }

  /** Returns the folder or jar that this class is from. */
  private static Path origin() {
    try {
      return Path.of(
          RewardTemplates.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the product's jar has no place", e);
    }
  }

  private static Map<String, ReadyReward> all(Path origin) {
    try {
      if (Files.isDirectory(origin)) {
        return inFolder(origin.resolve(FOLDER));
      }
      try (FileSystem jar = FileSystems.newFileSystem(origin)) {
        return inFolder(jar.getPath(FOLDER));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the ready rewards in " + origin, e);
    }
  }

  /** Returns each source that has its examples beside it; without them it is no ready reward. */
  private static Map<String, ReadyReward> inFolder(Path folder) throws IOException {
    List<ReadyReward> found = new ArrayList<>();
    List<Path> sources;
    try (Stream<Path> files = Files.list(folder)) {
      sources = files.filter(file -> file.toString().endsWith(SOURCE)).toList();
    }
    for (Path source : sources) {
      String name = nameOf(source);
      Path examples = folder.resolve(name + EXAMPLES);
      if (Files.exists(examples)) {
        String text = PACKAGE.matcher(Files.readString(source)).replaceFirst("");
        found.add(ReadyReward.of(name, text, Files.readString(examples)));
      }
    }
    found.sort(Comparator.comparing(ReadyReward::kind).thenComparing(ReadyReward::name));
    Map<String, ReadyReward> byName = new LinkedHashMap<>();
    found.forEach(reward -> byName.put(reward.name(), reward));
    return byName;
  }

  /** Returns {@code number-match} for {@code NumberMatch.java}. */
  private static String nameOf(Path source) {
    String file = String.valueOf(source.getFileName());
    String type = file.substring(0, file.length() - SOURCE.length());
    return type.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
