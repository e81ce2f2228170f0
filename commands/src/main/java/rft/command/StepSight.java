package rft.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rft.dataset.Task;
import rft.prompt.TokenDecoder;
import rft.reward.RewardUnit;
import rft.reward.Score;
import rft.reward.Verdict;
import rft.run.Method;
import rft.run.RunHeader;
import rft.run.RunReader;
import rft.run.StoredRollout;
import rft.run.TokenTrace;

/**
 * The groups of one step as a run stored them, to be looked at with the weights of the training or
 * with others. Nothing here runs code of the run's reward.
 */
public final class StepSight {
  /** How many further steps are asked for weights that one step does not tell. */
  private static final int MORE_STEPS = 4;

  private static final float[] UNKNOWN = {};

  private final RunHeader header;
  private final StoredStep stored;
  private final PartWeights trained;
  private final PartWeights applied;
  private final Reweighting.Outcome now;
  private final boolean reweighted;

  private StepSight(
      RunHeader header,
      StoredStep stored,
      PartWeights trained,
      PartWeights applied,
      Reweighting.Outcome now,
      boolean reweighted) {
    this.header = header;
    this.stored = stored;
    this.trained = trained;
    this.applied = applied;
    this.now = now;
    this.reweighted = reweighted;
  }

  /** Returns a step as it was in training. */
  static StepSight of(RunHeader header, StoredStep stored, PartWeights trained) {
    Reweighting.Outcome asStored =
        new Reweighting.Outcome(stored.verdicts(), stored.rewards(), stored.advantages());
    return new StepSight(header, stored, trained, trained, asStored, false);
  }

  /**
   * Returns a step as it was in training. The weights of a reward in Java are those that explain
   * its scores: its classes are not loaded.
   *
   * @throws CommandException if the run has no rollouts of the step, saying which there are
   * @throws rft.run.DamagedRunException if the step's segment is damaged
   */
  public static StepSight read(RunReader reader, int step) throws IOException {
    RunHeader header = reader.header();
    StoredStep stored = StoredStep.read(reader, step, null);
    return of(header, stored, withoutCode(reader, header, stored));
  }

  private static PartWeights withoutCode(RunReader reader, RunHeader header, StoredStep stored)
      throws IOException {
    int version = header.rewardVersionAt(stored.step());
    try {
      RewardUnit unit = RewardUnit.readJar(reader.folder().rewardJar(version));
      if (!unit.language().equals(RewardUnit.JAVA)) {
        return new PartWeights(unit.weights());
      }
    } catch (IOException | IllegalArgumentException e) {
      // Then the scores say as much.
    }
    List<Verdict> verdicts = new ArrayList<>(all(stored));
    PartWeights weights = PartWeights.explaining(verdicts);
    if (!weights.byName().isEmpty() || PartWeights.names(verdicts).isEmpty()) {
      return weights;
    }
    List<Integer> others =
        reader.rolloutSteps().stream().filter(s -> header.rewardVersionAt(s) == version).toList();
    int count = Math.min(MORE_STEPS, others.size());
    for (int i = 0; i < count; i++) {
      verdicts.addAll(verdictsOf(reader, others.get((int) ((long) i * others.size() / count))));
    }
    return PartWeights.explaining(verdicts);
  }

  private static List<Verdict> verdictsOf(RunReader reader, int step) {
    try {
      return reader.rollouts(step).stream().map(StoredRollout::verdict).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<Verdict> all(StoredStep stored) {
    return stored.verdicts().stream().flatMap(List::stream).toList();
  }

  /**
   * Returns the step with other weights: rewards, order and advantages follow from them.
   *
   * @param weights by part; a part that is not named keeps its weight, or counts 0 if that is not
   *     known
   * @throws CommandException if there is no such part, or the advantages are not those of grpo
   */
  public StepSight weighted(Map<String, Double> weights) {
    if (header.options().method() != Method.GRPO) {
      throw new CommandException(
          ExitCode.USAGE,
          "--weights recomputes the advantages of grpo, and run "
              + header.id()
              + " was trained by "
              + header.options().method().jsonName());
    }
    PartWeights other = trained.with(weights, parts());
    Reweighting.Outcome outcome =
        new Reweighting(
                other.byName(),
                header.options().loss().scale(),
                header.options().reward().failures())
            .of(stored.verdicts());
    return new StepSight(header, stored, trained, other, outcome, true);
  }

  /** Returns the step. */
  public int step() {
    return stored.step();
  }

  /** Returns the names of all parts of the reward that occur, in rubric order. */
  public Set<String> parts() {
    return PartWeights.names(all(stored));
  }

  /** Returns the weights in training; empty where they are not known. */
  public Map<String, Double> trained() {
    return trained.byName();
  }

  /** Returns the weights that rewards are computed with here; empty where they are not known. */
  public Map<String, Double> weights() {
    return applied.byName();
  }

  /** Returns whether other weights than those in training are applied. */
  public boolean reweighted() {
    return reweighted;
  }

  /** Returns the number of groups. */
  public int count() {
    return stored.groups().size();
  }

  /** Returns the rollouts of a group as they were sampled. */
  public List<StoredRollout> rollouts(int place) {
    return stored.groups().get(place);
  }

  /** Returns the rewards of a group, in the order of its rollouts, NaN where there is none. */
  public double[] rewards(int place) {
    return now.rewards()[place].clone();
  }

  /** Returns the advantages of a group, in the order of its rollouts. */
  public double[] advantages(int place) {
    return now.advantages()[place].clone();
  }

  /**
   * Returns one group, best rollout first, without tokens.
   *
   * @param place counted from 0 in the order of sampling
   * @param task what was asked; null where the dataset cannot be read
   */
  public GroupSight group(int place, @Nullable Task task) {
    return group(place, task, (rollout, i) -> List.of());
  }

  /** What is known of the tokens of a rollout. */
  interface TokensOf {
    /**
     * @param index its place in the group
     */
    List<TokenSight> of(StoredRollout rollout, int index);
  }

  GroupSight group(int place, @Nullable Task task, TokensOf tokens) {
    List<StoredRollout> group = stored.groups().get(place);
    int[] ranks = Reweighting.ranks(group.stream().mapToDouble(StoredRollout::reward).toArray());
    List<RolloutSight> sights = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      StoredRollout rollout = group.get(i);
      Verdict verdict = now.verdicts().get(place).get(i);
      AnswerSight answer =
          new AnswerSight(
              rollout.text(),
              tokens.of(rollout, i),
              rollout.trace().length(),
              rollout.finishReason(),
              verdict,
              RunGroups.finite(now.rewards()[place][i]));
      sights.add(
          new RolloutSight(
              rollout.index(),
              answer,
              now.advantages()[place][i],
              applied.sights(verdict instanceof Score ? verdict : rollout.verdict()),
              reweighted
                  ? new RolloutSight.Before(
                      ranks[i], RunGroups.finite(rollout.reward()), rollout.advantage())
                  : null));
    }
    return RunGroups.group(stored.step(), group.get(0), task, sights, now.rewards()[place]);
  }

  /**
   * Returns the tokens of a rollout with what the run stored of each; none where the vocabulary
   * lacks one.
   */
  public static List<TokenSight> tokens(TokenDecoder decoder, StoredRollout rollout) {
    float[] base = rollout.trace().baseLogProbs();
    return tokens(decoder, rollout, base == null ? UNKNOWN : base);
  }

  static List<TokenSight> tokens(TokenDecoder decoder, StoredRollout rollout, float... others) {
    TokenTrace trace = rollout.trace();
    return new TokenTexts(decoder)
        .sights(trace.tokens(), rollout.text(), trace.logProbs(), trace.entropies(), others);
  }
}
