package rft.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.advantage.RewardSpread;
import rft.dataset.Task;
import rft.prompt.TextTokenizer;
import rft.reward.Verdict;
import rft.run.Method;
import rft.run.RunHeader;
import rft.run.RunReader;
import rft.run.StoredRollout;
import rft.run.TokenTrace;

/** Looks at the groups of rollouts that a run stored. */
final class RunGroups {
  private static final float[] UNKNOWN = {};

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
    PartWeights trained = trained(stored);
    PartWeights applied = wish.weights().isEmpty() ? trained : other(trained, stored);
    Reweighting.Outcome now =
        wish.weights().isEmpty()
            ? new Reweighting.Outcome(stored.verdicts(), stored.rewards(), stored.advantages())
            : reweighted(applied, stored);
    List<Integer> chosen = chosen(stored, now.rewards());
    List<GroupSight> groups = groups(stored, now, applied, chosen);
    return new GroupInspection(
        header.id(),
        header.reward().name(),
        choice(stored.step(), chosen.size()),
        wish.colour(),
        applied.byName(),
        wish.weights().isEmpty() ? Map.of() : trained.byName(),
        groups,
        notes);
  }

  /** Returns the weights that the reward declares, or else those that explain its scores. */
  private PartWeights trained(StoredStep stored) {
    try {
      Map<String, Double> declared = new Run(header.id()).reward().weights();
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

  private List<Integer> chosen(StoredStep stored, double[][] rewards) {
    return wish.choice().order(rewards).stream()
        .filter(
            place ->
                wish.task() == null
                    || StoredStep.taskOf(stored.groups().get(place)).equals(wish.task()))
        .limit(wish.count())
        .toList();
  }

  private PartWeights other(PartWeights trained, StoredStep stored) {
    if (header.options().method() != Method.GRPO) {
      throw new CommandException(
          ExitCode.USAGE,
          "--weights recomputes the advantages of grpo, and run "
              + header.id()
              + " was trained by "
              + header.options().method().jsonName());
    }
    var names = PartWeights.names(stored.verdicts().stream().flatMap(List::stream).toList());
    PartWeights applied = trained.with(wish.weights(), names);
    if (trained.byName().isEmpty()) {
      notes.add(
          "the weights in training are not known from the stored scores: parts that --weights does"
              + " not name count 0");
    }
    return applied;
  }

  private Reweighting.Outcome reweighted(PartWeights weights, StoredStep stored) {
    return new Reweighting(
            weights.byName(), header.options().loss().scale(), header.options().reward().failures())
        .of(stored.verdicts());
  }

  private List<GroupSight> groups(
      StoredStep stored, Reweighting.Outcome now, PartWeights weights, List<Integer> chosen)
      throws IOException {
    Map<String, Task> tasks = tasks();
    Map<Integer, List<float[]>> base = baseLogProbs(stored, chosen, tasks);
    List<GroupSight> groups = new ArrayList<>();
    try (TextTokenizer tokenizer = tokenizer()) {
      for (int place : chosen) {
        List<StoredRollout> group = stored.groups().get(place);
        int[] ranks =
            Reweighting.ranks(group.stream().mapToDouble(StoredRollout::reward).toArray());
        List<RolloutSight> sights = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
          StoredRollout rollout = group.get(i);
          float[] others = base.containsKey(place) ? base.get(place).get(i) : stored(rollout);
          Verdict verdict = now.verdicts().get(place).get(i);
          sights.add(
              new RolloutSight(
                  rollout.index(),
                  answer(
                      rollout,
                      verdict,
                      now.rewards()[place][i],
                      tokens(tokenizer, rollout, others)),
                  now.advantages()[place][i],
                  weights.sights(verdict instanceof rft.reward.Score ? verdict : rollout.verdict()),
                  wish.weights().isEmpty()
                      ? null
                      : new RolloutSight.Before(
                          ranks[i], finite(rollout.reward()), rollout.advantage())));
        }
        groups.add(group(stored.step(), group.get(0), tasks, sights, now.rewards()[place]));
      }
    }
    return groups;
  }

  static GroupSight group(
      int step,
      StoredRollout first,
      Map<String, Task> tasks,
      List<RolloutSight> sights,
      double... rewards) {
    List<RolloutSight> sorted = sorted(sights);
    Task task = tasks.get(first.taskId());
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

  private static float[] stored(StoredRollout rollout) {
    float[] base = rollout.trace().baseLogProbs();
    return base == null ? UNKNOWN : base;
  }

  private static AnswerSight answer(
      StoredRollout rollout, Verdict verdict, double reward, List<TokenSight> tokens) {
    return new AnswerSight(
        rollout.text(),
        tokens,
        rollout.trace().length(),
        rollout.finishReason(),
        verdict,
        finite(reward));
  }

  private static List<TokenSight> tokens(
      @Nullable TextTokenizer tokenizer, StoredRollout rollout, float... others) {
    TokenTrace trace = rollout.trace();
    if (tokenizer == null
        || Arrays.stream(trace.tokens()).anyMatch(id -> id < 0 || id >= tokenizer.vocabulary())) {
      return List.of();
    }
    return new TokenTexts(tokenizer)
        .sights(trace.tokens(), rollout.text(), trace.logProbs(), trace.entropies(), others);
  }

  private @Nullable TextTokenizer tokenizer() {
    Path folder = Path.of(header.options().inputs().model());
    try {
      return TextTokenizer.load(folder);
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
