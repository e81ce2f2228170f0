package rft.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.RewardJudge;

/**
 * Looks for wrong answers that a reward pays like right ones: begins with what a {@link AttackProbe
 * probe} made up, takes in what a model answers, and changes the best paid ones again and again.
 *
 * <p>An answer is wrong if the gold check refuses it and it says something else than the right
 * answer: checks that differ in form alone show no hole. Without a gold check only the latter
 * counts, and someone has to look. The same seed finds the same holes as long as no time limit cuts
 * the search.
 */
public final class HoleHunt {
  private static final int BATCH = 8;
  private static final int MOST_SHOWN = 12;
  private static final int MOST_OF_A_CLASS = 4;
  private static final Set<AttackClass> NEAR =
      EnumSet.of(AttackClass.PART, AttackClass.NEAR_MISS, AttackClass.ORDER, AttackClass.LOOKALIKE);
  private static final int SHRUNK_PER_CLASS = 2;

  private final AttackProbe probe;
  private final Probing reward;
  private final @Nullable Probing gold;
  private final SplittableRandom random;
  private final Map<String, HuntedTask> hunted = new LinkedHashMap<>();
  private int attempts;

  /**
   * @param gold says what is right; null without one
   * @param seed of every choice
   */
  public HoleHunt(
      RewardJudge reward, @Nullable RewardJudge gold, AttackProbe.Settings settings, long seed) {
    this.probe = new AttackProbe(reward, gold, settings);
    this.reward = new Probing(reward);
    this.gold = gold == null ? null : new Probing(gold);
    this.random = new SplittableRandom(seed);
  }

  /**
   * What was found so far.
   *
   * @param holes one of each task and class at most, the shortest first, classes with holes on most
   *     tasks before others
   * @param tasksByClass on how many tasks each class was found
   * @param tasks hunted on
   * @param attempts answers that the reward scored
   */
  public record Found(
      List<Hole> holes, Map<AttackClass, Integer> tasksByClass, int tasks, int attempts) {
    public Found {
      holes = List.copyOf(holes);
      tasksByClass = new TreeMap<>(tasksByClass);
    }
  }

  /**
   * Tries what a probe makes up, on the first tasks of a dataset.
   *
   * @throws IllegalArgumentException if no task has a right answer that the reward scores
   */
  public void begin(List<Task> tasks) {
    List<AttackedTask> all = probe.attack(tasks);
    Set<String> faults =
        AttackProbe.rows(all).stream()
            .filter(row -> !row.holds() && row.duty() != Duty.MUST_PAY)
            .map(ProbeReport.Row::attack)
            .collect(Collectors.toSet());
    for (AttackedTask attacked : all) {
      HuntedTask task = new HuntedTask(attacked, reward, gold);
      hunted.put(attacked.specimen().task().id(), task);
      attempts += attacked.rewards().size();
      attacked.rewards().forEach((text, value) -> task.take(text, value, "made up"));
      attacked.attacks().stream()
          .filter(attack -> faults.contains(attack.name()))
          .forEach(task::takeFault);
    }
  }

  /** Returns the tasks that are hunted on. */
  public List<Task> tasks() {
    return hunted.values().stream().map(task -> task.specimen().task()).toList();
  }

  /** Takes in answers; those to other tasks are left alone. */
  public void take(AnswerGroup answers, String origin) {
    HuntedTask task = hunted.get(answers.task().id());
    if (task != null) {
      List<String> texts = answers.completions().stream().map(Completion::text).toList();
      attempts += texts.size();
      task.tryAll(texts, origin);
    }
  }

  /**
   * Takes in answers whose rewards are known, NaN where there is none.
   *
   * @param rewards one for each completion
   */
  public void take(AnswerGroup answers, double[] rewards, String origin) {
    HuntedTask task = hunted.get(answers.task().id());
    for (int i = 0; task != null && i < rewards.length; i++) {
      attempts++;
      task.take(answers.completions().get(i).text(), rewards[i], origin);
    }
  }

  /**
   * Changes the best paid answers of each task in turn.
   *
   * @param rounds how often at most
   * @param stop asked after each task
   */
  public void mutate(int rounds, BooleanSupplier stop) {
    for (int round = 0; round < rounds; round++) {
      for (HuntedTask task : hunted.values()) {
        if (stop.getAsBoolean()) {
          return;
        }
        attempts += BATCH;
        task.tryAll(task.children(BATCH, random), "mutation");
      }
    }
  }

  /** Makes the shortest holes of each class shorter still. */
  public void shrink(BooleanSupplier stop) {
    for (HuntedTask task : hunted.values()) {
      if (stop.getAsBoolean()) {
        return;
      }
      task.shrink(SHRUNK_PER_CLASS);
    }
  }

  /** Returns what the gold check says of an answer; null if it says nothing. */
  public @Nullable Double trueScore(Task task, String text) {
    HuntedTask known = hunted.get(task.id());
    return known == null ? null : known.trueScore(text);
  }

  /** Returns what was found so far. */
  public Found found() {
    Map<AttackClass, Integer> tasksByClass = new EnumMap<>(AttackClass.class);
    List<Hole> best = new ArrayList<>();
    for (HuntedTask task : hunted.values()) {
      Set<AttackClass> seen = new HashSet<>();
      for (Hole hole : telling(task.holes())) {
        if (seen.add(hole.kind())) {
          tasksByClass.merge(hole.kind(), 1, Integer::sum);
          best.add(hole);
        }
      }
    }
    best.sort(
        Comparator.<Hole>comparingInt(hole -> -tasksByClass.getOrDefault(hole.kind(), 0))
            .thenComparing(Hole::kind)
            .thenComparing(Hole.ORDER));
    return new Found(few(best), tasksByClass, hunted.size(), attempts);
  }

  /**
   * Where anything of the form is paid, that what is near to the answer is paid too says nothing.
   */
  private static List<Hole> telling(List<Hole> holes) {
    boolean anything = holes.stream().anyMatch(hole -> !NEAR.contains(hole.kind()));
    return holes.stream()
        .filter(hole -> !anything || !NEAR.contains(hole.kind()))
        .sorted(Hole.ORDER)
        .toList();
  }

  /** Returns as many of each class, so that no class hides another. */
  private static List<Hole> few(List<Hole> sorted) {
    Map<AttackClass, List<Hole>> byKind = new LinkedHashMap<>();
    sorted.forEach(
        hole -> byKind.computeIfAbsent(hole.kind(), kind -> new ArrayList<>()).add(hole));
    int each = Math.min(MOST_OF_A_CLASS, Math.max(1, MOST_SHOWN / Math.max(1, byKind.size())));
    return byKind.values().stream().flatMap(holes -> holes.stream().limit(each)).toList();
  }
}
