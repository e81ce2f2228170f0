package rft.job;

import io.javalin.http.BadRequestResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rft.command.Installation;
import rft.dataset.NearestName;
import rft.template.RewardTemplates;

/**
 * What the page may name: models, datasets and rewards that came with the product, and those in the
 * user's own folders. The page never names a path.
 *
 * @param installation what came with the product
 * @param home the user's folder
 */
record Library(Installation installation, Path home) {
  static final String JSONL = ".jsonl";

  /** File names of rewards; no other extension is taken for one. */
  private static final Pattern REWARD =
      Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}\\.(java|py|json)");

  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  Path uploads() {
    return home.resolve("uploads");
  }

  Path rewards() {
    return home.resolve("rewards");
  }

  /** Returns the folders of the base models by name, bundled ones first. */
  Map<String, Path> models() throws IOException {
    Map<String, Path> models = new LinkedHashMap<>();
    for (String name : installation.bundledModels()) {
      models.put(name, installation.root().resolve("models").resolve(name));
    }
    for (Path folder : entries(home.resolve("models"))) {
      String name = name(folder);
      if (MODEL.matcher(name).matches() && Files.isRegularFile(folder.resolve("config.json"))) {
        models.putIfAbsent(name, folder);
      }
    }
    models.values().removeIf(folder -> !Files.isRegularFile(folder.resolve("config.json")));
    return models;
  }

  /** Returns the files of the datasets by name, bundled ones first, then uploads, newest first. */
  Map<String, Path> datasets() throws IOException {
    Map<String, Path> datasets = new LinkedHashMap<>();
    Path samples = installation.root().resolve("datasets").resolve("samples");
    for (String name : installation.sampleDatasets()) {
      datasets.put(name, samples.resolve(name + JSONL));
    }
    List<Path> uploaded = new ArrayList<>();
    for (Path folder : entries(uploads())) {
      Path file = folder.resolve(name(folder) + JSONL);
      if (!name(folder).startsWith(".") && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        uploaded.add(file);
      }
    }
    uploaded.sort(Comparator.comparing(Library::changed).reversed());
    uploaded.forEach(file -> datasets.putIfAbsent(stem(file), file));
    return datasets;
  }

  /** Returns the rewards by name with what rft calls them: ready ones, then the user's files. */
  Map<String, String> rewardArguments() throws IOException {
    Map<String, String> rewards = new LinkedHashMap<>();
    RewardTemplates.names().forEach(name -> rewards.put(name, name));
    for (Path file : entries(rewards())) {
      if (isReward(name(file)) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        rewards.put(name(file), file.toString());
      }
    }
    return rewards;
  }

  static boolean isReward(String fileName) {
    return REWARD.matcher(fileName).matches();
  }

  String model(@Nullable String name) throws IOException {
    return found("model", name, models()).toString();
  }

  Path dataset(@Nullable String name) throws IOException {
    return found("dataset", name, datasets());
  }

  String reward(@Nullable String name) throws IOException {
    return found("reward", name, rewardArguments());
  }

  private static <T> T found(String what, @Nullable String name, Map<String, T> known) {
    if (name == null || name.isBlank()) {
      throw new BadRequestResponse("the " + what + " is missing: choose one");
    }
    T value = known.get(name);
    if (value == null) {
      throw new BadRequestResponse(
          "there is no "
              + what
              + " \""
              + printable(name)
              + "\""
              + NearestName.hint(name, known.keySet()));
    }
    return value;
  }

  private static String printable(String name) {
    String line = name.replaceAll("\\P{Graph}", "?");
    return line.length() <= 80 ? line : line.substring(0, 80) + "..";
  }

  static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static String stem(Path file) {
    String name = name(file);
    return name.substring(0, name.length() - JSONL.length());
  }

  private static long changed(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }
}
