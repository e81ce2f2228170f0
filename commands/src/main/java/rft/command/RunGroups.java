package rft.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.advantage.RewardSpread;
import rft.dataset.Task;
import rft.prompt.TokenDecoder;
import rft.reward.RewardUnit;
import rft.run.RunHeader;
import rft.run.RunReader;
import rft.run.StoredRollout;

/** Looks at the groups of rollouts that a run stored. */
final class RunGroups {
  private final RunHeader header;
  private final Wish wish;
  private final List<String> notes = new ArrayList<>();

  /**
   * What to look at.
   *
   * @param step null for the last
   * @param task null for any
   * @param choice which groups of the step
   * @param count how many groups
   * @param weights other weights by part; empty for those of the training
   * @param colour what the colour of tokens will mean
   */
  record Wish(
      @Nullable Integer step,
      @Nullable String task,
      GroupChoice choice,
      int count,
      Map<String, Double> weights,
      TokenColour colour) {}

  RunGroups(RunHeader header, Wish wish) {
    this.header = header;
    this.wish = wish;
  }

  GroupInspection read(RunReader reader) throws IOException {
    StoredStep stored = StoredStep.read(reader, wish.step(), wish.task());
    StepSight step = StepSight.of(header, stored, trained(reader, stored));
    if (!wish.weights().isEmpty()) {
      step = step.weighted(wish.weights());
      if (step.trained().isEmpty()) {
        notes.add(
            "the weights in training are not known from the stored scores: parts that --weights"
                + " does not name count 0");
      }
    }
    List<Integer> chosen = chosen(stored, step);
    List<GroupSight> groups = groups(stored, step, chosen);
    return new GroupInspection(
        header.id(),
        header.reward().name(),
        choice(stored.step(), chosen.size()),
        wish.colour(),
        step.weights(),
        step.reweighted() ? step.trained() : Map.of(),
        groups,
        notes);
  }

  /** Returns the weights that the reward declares, or else those that explain its scores. */
  private PartWeights trained(RunReader reader, StoredStep stored) {
    int version = header.rewardVersionAt(stored.step());
    try {
      Map<String, Double> declared =
          RewardUnit.readJar(reader.folder().rewardJar(version)).weights();
      if (!declared.isEmpty()) {
        return new PartWeights(declared);
      }
    } catch (IOException | IllegalArgumentException e) {
      notes.add("the run's reward cannot be read: " + e.getMessage());
    }
    return PartWeights.explaining(stored.verdicts().stream().flatMap(List::stream).toList());
  }

  private String choice(int step, int count) {
    String what = wish.task() != null ? "task " + wish.task() : wish.choice().reason();
    return what + " of step " + step + (count > 1 ? ", " + count + " groups" : "");
  }

  private List<Integer> chosen(StoredStep stored, StepSight step) {
    double[][] rewards = new double[step.count()][];
    for (int place = 0; place < rewards.length; place++) {
      rewards[place] = step.rewards(place);
    }
    return wish.choice().order(rewards).stream()
        .filter(
            place ->
                wish.task() == null
                    || StoredStep.taskOf(stored.groups().get(place)).equals(wish.task()))
        .limit(wish.count())
        .toList();
  }

  private List<GroupSight> groups(StoredStep stored, StepSight step, List<Integer> chosen)
      throws IOException {
    Map<String, Task> tasks = tasks();
    Map<Integer, List<float[]>> base = baseLogProbs(stored, chosen, tasks);
    List<GroupSight> groups = new ArrayList<>();
    TokenDecoder decoder = decoder();
    for (int place : chosen) {
      StepSight.TokensOf tokens =
          (rollout, i) ->
              decoder == null
                  ? List.of()
                  : base.containsKey(place)
                      ? StepSight.tokens(decoder, rollout, base.get(place).get(i))
                      : StepSight.tokens(decoder, rollout);
      Task task = tasks.get(StoredStep.taskOf(stored.groups().get(place)));
      groups.add(step.group(place, task, tokens));
    }
    return groups;
  }

  static GroupSight group(
      int step,
      StoredRollout first,
      @Nullable Task task,
      List<RolloutSight> sights,
      double... rewards) {
    List<RolloutSight> sorted = sorted(sights);
    return new GroupSight(
        step,
        first.position(),
        first.taskId(),
        first.prompt(),
        task == null ? null : task.referenceText(),
        finite(GroupChoice.mean(rewards).orElse(Double.NaN)),
        finite(RewardSpread.of(rewards).std()),
        sorted,
        GroupSight.clusters(sorted));
  }

  /** Returns rollouts best first; those without a reward last. */
  static List<RolloutSight> sorted(List<RolloutSight> sights) {
    List<RolloutSight> sorted = new ArrayList<>(sights);
    sorted.sort(Comparator.comparingDouble(RunGroups::key));
    return sorted;
  }

  private static double key(RolloutSight rollout) {
    Double reward = rollout.answer().reward();
    return reward == null ? Double.POSITIVE_INFINITY : -reward;
  }

  static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private @Nullable TokenDecoder decoder() {
    Path folder = Installation.current().baseOf(header);
    try {
      return TokenDecoder.load(folder);
    } catch (IllegalArgumentException e) {
      notes.add("texts are not divided into tokens: " + e.getMessage());
      return null;
    }
  }

  /** Returns the tasks by id, as far as the dataset can still be read as the run read it. */
  private Map<String, Task> tasks() {
    Map<String, Task> byId = new LinkedHashMap<>();
    try {
      var dataset = Installation.current().dataset(header.options().inputs().dataset());
      if (dataset.sha256().equals(header.dataset().sha256())) {
        dataset.tasks().forEach(task -> byId.put(task.id(), task));
      } else {
        notes.add("no reference answers: the dataset was changed after the run read it");
      }
    } catch (CommandException | IOException e) {
      notes.add("no reference answers: " + e.getMessage());
    }
    return byId;
  }

  /** Returns base log-probs that the run did not store, where the colour needs them. */
  private Map<Integer, List<float[]>> baseLogProbs(
      StoredStep stored, List<Integer> chosen, Map<String, Task> tasks) {
    boolean needed =
        wish.colour() == TokenColour.KL
            && stored.groups().get(0).get(0).trace().baseLogProbs() == null;
    if (!needed) {
      return Map.of();
    }
    ReferenceLogProbs base = new ReferenceLogProbs(header.options());
    Optional<String> obstacle = base.obstacle(tasks.keySet(), stored, chosen);
    if (obstacle.isPresent()) {
      notes.add("no colour: " + obstacle.get());
      return Map.of();
    }
    return base.of(stored, chosen, tasks);
  }
}
