package rft.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.dataset.Dataset;
import rft.dataset.NearestName;
import rft.dataset.Task;
import rft.lab.AnswerGroup;
import rft.lab.KnownGroup;
import rft.reward.Completion;
import rft.reward.RewardJudge;
import rft.worker.WorkerReward;

/** Gathers the answers on which a judge is checked, and what they are worth. */
final class JudgedAnswers {
  private static final JsonMapper JSON = new JsonMapper();

  /** An interval over fewer groups says little. */
  private static final int FEWEST_GROUPS = 8;

  private final Installation installation;
  private final @Nullable String data;
  private final Duration limit;
  private String of = "";

  /**
   * @param data the dataset; null for the run's
   * @param limit time limit of one call of a reward
   */
  JudgedAnswers(Installation installation, @Nullable String data, Duration limit) {
    this.installation = installation;
    this.data = data;
    this.limit = limit;
  }

  Duration limit() {
    return limit;
  }

  /** Returns whose answers they are. */
  String of() {
    return of;
  }

  /**
   * Returns the groups to judge, about so many answers.
   *
   * @param truth the reward that says what they are worth; null if it is not known
   */
  List<KnownGroup> groups(
      @Nullable String run,
      @Nullable Integer step,
      @Nullable String rollouts,
      int most,
      @Nullable String truth)
      throws IOException {
    if (most < 2) {
      throw new IllegalArgumentException("--limit (" + most + ") must be at least 2");
    }
    if (run != null && rollouts != null) {
      throw new CommandException(
          ExitCode.USAGE, "--run and --rollouts exclude each other: give one");
    }
    List<KnownGroup> found;
    if (run != null) {
      Run from = Run.named(run);
      String source = data == null ? from.header().options().inputs().dataset() : data;
      of = "run " + from.id();
      found =
          unknown(StoredAnswers.ofRun(from, installation.dataset(source), step, most).answers());
    } else if (rollouts != null) {
      of = rollouts;
      Optional<Dataset> known =
          data == null ? Optional.empty() : Optional.of(installation.dataset(data));
      found =
          unknown(StoredAnswers.ofCell(NamedRollouts.of(rollouts).report(), known, most).answers());
    } else if (data != null) {
      of = "references of " + data + " and spoilt copies of them";
      found = spoilt(installation.dataset(data).tasks());
    } else {
      throw new CommandException(
          ExitCode.USAGE, "say what to judge: --data D, --run RUN or --rollouts NAME");
    }
    List<KnownGroup> enough = limited(found, most);
    return truth == null ? enough : judged(enough, truth);
  }

  private static List<KnownGroup> unknown(List<AnswerGroup> groups) {
    return groups.stream().map(KnownGroup::of).toList();
  }

  /**
   * Returns about so many answers; of large groups the first ones, so that there are some groups.
   */
  private static List<KnownGroup> limited(List<KnownGroup> groups, int most) {
    int each = Math.max(2, most / FEWEST_GROUPS);
    List<KnownGroup> enough = new ArrayList<>();
    int answers = 0;
    for (KnownGroup group : groups) {
      if (answers < most) {
        enough.add(firstOf(group, each));
        answers += enough.get(enough.size() - 1).answers().completions().size();
      }
    }
    return enough;
  }

  private static KnownGroup firstOf(KnownGroup group, int most) {
    List<Completion> all = group.answers().completions();
    int size = Math.min(most, all.size());
    return new KnownGroup(
        new AnswerGroup(group.answers().task(), all.subList(0, size)),
        group.worth().isEmpty() ? List.of() : group.worth().subList(0, size));
  }

  /**
   * Returns each reference beside that of another row, its first half, and nothing in its place.
   */
  private List<KnownGroup> spoilt(List<Task> tasks) {
    List<Task> answered = tasks.stream().filter(task -> !task.referenceText().isEmpty()).toList();
    if (answered.isEmpty()) {
      throw new CommandException(
          ExitCode.FAILED,
          data + " has no reference answers: give rollouts to judge, --run RUN or --rollouts NAME");
    }
    List<KnownGroup> groups = new ArrayList<>();
    for (int i = 0; i < answered.size(); i++) {
      String good = answered.get(i).referenceText();
      String other = answered.get((i + 1) % answered.size()).referenceText();
      List<Completion> answers = new ArrayList<>(List.of(Completion.of(good)));
      List<Double> worth = new ArrayList<>(List.of(1.0));
      if (!other.equals(good)) {
        answers.add(Completion.of(other));
        worth.add(0.0);
      }
      answers.add(Completion.of(good.substring(0, good.length() / 2)));
      worth.add(Double.NaN);
      answers.add(Completion.of("I do not know."));
      worth.add(0.0);
      groups.add(new KnownGroup(new AnswerGroup(answered.get(i), answers), worth));
    }
    return groups;
  }

  private List<KnownGroup> judged(List<KnownGroup> groups, String truth) throws IOException {
    List<KnownGroup> known = new ArrayList<>();
    try (RewardJudge judge = WorkerReward.judge(installation.reward(truth), limit)) {
      for (KnownGroup group : groups) {
        AnswerGroup answers = group.answers();
        known.add(
            new KnownGroup(
                answers,
                judge.judge(answers.task(), answers.completions()).stream()
                    .map(judgement -> judgement.verdict().reward().orElse(Double.NaN))
                    .toList()));
      }
    }
    return known;
  }

  /**
   * Returns the answers of a file of labels, those of a task together.
   *
   * @throws CommandException if a line is no label, naming it
   */
  List<KnownGroup> labelled(Path file) throws IOException {
    if (data == null) {
      throw new CommandException(
          ExitCode.USAGE, "--labels needs the dataset of its tasks: give --data D");
    }
    Map<String, Task> tasks = new LinkedHashMap<>();
    installation.dataset(data).tasks().forEach(task -> tasks.put(task.id(), task));
    Map<Task, List<Completion>> answers = new LinkedHashMap<>();
    Map<Task, List<Double>> worths = new LinkedHashMap<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      String where = file + ":" + (i + 1) + ": ";
      JsonNode row = row(where, lines.get(i));
      String id = row.path("task").asText();
      Task task = tasks.get(id);
      if (task == null) {
        throw new CommandException(
            ExitCode.FAILED,
            where + "no task " + id + " in " + data + NearestName.hint(id, tasks.keySet()));
      }
      JsonNode label = row.path("label");
      if (!row.path("completion").isTextual() || !(label.isNumber() || label.isBoolean())) {
        throw new CommandException(
            ExitCode.FAILED,
            where + "write {\"task\": ID, \"completion\": TEXT, \"label\": number or true}");
      }
      answers
          .computeIfAbsent(task, each -> new ArrayList<>())
          .add(Completion.of(row.path("completion").textValue()));
      worths
          .computeIfAbsent(task, each -> new ArrayList<>())
          .add(label.isBoolean() ? (label.booleanValue() ? 1.0 : 0.0) : label.doubleValue());
    }
    List<KnownGroup> groups = new ArrayList<>();
    answers.forEach(
        (task, each) ->
            groups.add(
                new KnownGroup(new AnswerGroup(task, each), worths.getOrDefault(task, List.of()))));
    return groups;
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new CommandException(ExitCode.NOT_FOUND, "no file " + file, e);
    }
  }

  private static JsonNode row(String where, String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new CommandException(ExitCode.FAILED, where + "this is no JSON", e);
    }
  }
}
