package rft.job;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.judge.JudgeSettings;
import rft.run.DurableFile;
import rft.template.ReadyReward;
import rft.template.RewardTemplates;
import rft.web.Routes;

/**
 * The rewards that the page may name, and how one writes a new one. A source is text here: whatever
 * compiles or runs it is a {@link CheckRoutes check}, in a process of its own.
 */
record RewardRoutes(Library library) implements Routes {
  private static final int LONGEST_SOURCE = 256_000;
  private static final String PYTHON =
      """
      def reward(completion, answer):
          # What a completion is worth, from 0 to 1. Both are texts; print() goes to the log.
          return 1.0 if completion.strip().endswith(str(answer)) else 0.0
      """;
  private static final Map<String, String> ENDINGS =
      Map.of("java", ".java", "python", ".py", "grader", ".json");

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/api/rewards", this::list);
    routes.get("/api/rewards/{reward}", this::show);
    routes.post("/api/rewards", this::save);
    routes.delete("/api/rewards/{reward}", this::remove);
  }

  /**
   * A reward that can be named.
   *
   * @param argument what rft calls it: its name, or of one's own its file
   * @param kind {@code rule}, {@code judge}, {@code loose}, or {@code own} for a file of the user
   * @param language {@code java}, {@code python} or {@code grader}
   * @param needs what it cannot do without, for example {@code reference}
   * @param about what it pays and misses, one paragraph each
   * @param options what one may change in a copy of it
   * @param source as it was written; null in a list
   */
  private record Shown(
      String name,
      String argument,
      String kind,
      String language,
      List<String> needs,
      String summary,
      List<String> about,
      List<ReadyReward.Option> options,
      @Nullable String source) {
    static Shown of(ReadyReward ready, boolean withSource) {
      return new Shown(
          ready.name(),
          ready.name(),
          ready.kind().jsonName(),
          "java",
          ready.needs().stream().map(ReadyReward.Need::jsonName).toList(),
          ready.summary(),
          ready.about(),
          ready.options(),
          withSource ? ready.source() : null);
    }

    static Shown own(Path file, @Nullable String source) {
      String fileName = Library.name(file);
      String ending = fileName.substring(fileName.lastIndexOf('.'));
      String language =
          ENDINGS.entrySet().stream()
              .filter(entry -> entry.getValue().equals(ending))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElse("");
      return new Shown(
          fileName, file.toString(), "own", language, List.of(), "", List.of(), List.of(), source);
    }
  }

  /**
   * Every reward.
   *
   * @param starters a source to begin with, by language
   * @param judgeProblem what is to be set before a model can judge; null where one can
   */
  private record Listing(
      List<Shown> rewards, Map<String, String> starters, @Nullable String judgeProblem) {}

  private static @Nullable String judgeProblem() {
    try {
      JudgeSettings.current().endpoint(null);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private void list(Context context) throws IOException {
    List<Shown> rewards = new ArrayList<>();
    library
        .rewardArguments()
        .forEach(
            (name, argument) ->
                rewards.add(
                    RewardTemplates.has(name)
                        ? Shown.of(RewardTemplates.named(name), false)
                        : Shown.own(Path.of(argument), null)));
    context.json(
        new Listing(
            rewards, Map.of("java", RewardTemplates.STARTER, "python", PYTHON), judgeProblem()));
  }

  private void show(Context context) throws IOException {
    String name = context.pathParam("reward");
    if (RewardTemplates.has(name)) {
      context.json(Shown.of(RewardTemplates.named(name), true));
    } else {
      context.json(Shown.own(own(name), Files.readString(own(name))));
    }
  }

  private Path own(String name) throws IOException {
    String file = RewardTemplates.has(name) ? null : library.rewardArguments().get(name);
    if (file == null) {
      throw new NotFoundResponse("there is no reward " + name + " of your own");
    }
    return Path.of(file);
  }

  /**
   * A reward to write down.
   *
   * @param name letters, digits, - and _; its file is called so
   * @param language {@code java}, {@code python} or {@code grader}; null for java
   * @param source the text; null for that of a ready reward
   * @param template a ready reward to copy; null for a source
   * @param options of the ready reward, by name, where they differ
   * @param replace whether one of the same name may be replaced
   */
  private record Draft(
      @Nullable String name,
      @Nullable String language,
      @Nullable String source,
      @Nullable String template,
      @Nullable Map<String, String> options,
      boolean replace) {
    String text() {
      if (template != null && RewardTemplates.has(template)) {
        Map<String, String> changed = options == null ? Map.of() : options;
        return RewardTemplates.named(template).sourceWith(changed);
      }
      if (source == null || source.isBlank()) {
        throw new BadRequestResponse("the reward's source is empty");
      }
      return source;
    }
  }

  private void save(Context context) throws IOException {
    Draft draft = context.bodyAsClass(Draft.class);
    String ending = ENDINGS.get(draft.language() == null ? "java" : draft.language());
    String fileName = draft.name() + ending;
    if (ending == null || draft.name() == null || !Library.isReward(fileName)) {
      throw new BadRequestResponse(
          "name a reward with a letter and then up to 63 letters, digits, - or _, and say whether"
              + " it is java, python or grader");
    }
    String text = draft.text();
    if (text.length() > LONGEST_SOURCE) {
      throw new BadRequestResponse("a reward has at most " + LONGEST_SOURCE + " characters");
    }
    Path file = library.rewards().resolve(fileName);
    if (Files.exists(file) && !draft.replace()) {
      throw new ConflictResponse("there is a reward " + fileName + " already");
    }
    DurableFile.createFolders(library.rewards());
    DurableFile.write(file, text);
    context.status(HttpStatus.CREATED).json(Shown.own(file, text));
  }

  private void remove(Context context) throws IOException {
    Files.delete(own(context.pathParam("reward")));
    context.status(HttpStatus.NO_CONTENT);
  }
}
