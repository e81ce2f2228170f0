package rft.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import rft.reward.Completion;
import rft.reward.Failure;
import rft.reward.GroupReward;
import rft.reward.Judgement;
import rft.reward.RewardJudge;
import rft.reward.Verdict;

/**
 * Judges answers again: as they were, in another order, and several groups at the same time. A
 * reward that depends on task and answer alone says the same each time.
 *
 * @param reward what judges
 * @param limit time limit for one answer
 * @param stop asked before each group, but for those in parallel
 */
record RepeatCheck(GroupReward reward, Duration limit, BooleanSupplier stop) {
  private static final int THREADS = 4;
  private static final double EQUAL = 1e-9;

  /** What may go wrong once without any fault of the reward's arithmetic. */
  private static final Set<Failure.Kind> CHANCE =
      EnumSet.of(
          Failure.Kind.TIMEOUT,
          Failure.Kind.WORKER_DIED,
          Failure.Kind.THROTTLED,
          Failure.Kind.SERVICE);

  /** A way of judging groups; it returns verdicts in the order of groups and answers. */
  private interface Way {
    List<List<Verdict>> judge(List<AnswerGroup> groups);
  }

  Card.Repeats of(List<JudgedGroup> judged, int answers) {
    List<JudgedGroup> chosen = chosen(judged, answers);
    List<Card.Way> ways = new ArrayList<>();
    if (!chosen.isEmpty()) {
      ways.add(compared("once more", chosen, this::inOrder));
      ways.add(compared("in another order", chosen, this::shuffled));
      ways.add(compared("in parallel", chosen, this::parallel));
    }
    int count = chosen.stream().mapToInt(group -> group.judgements().size()).sum();
    return new Card.Repeats(count, ways);
  }

  /** Returns whole groups from all over, with about this many answers. */
  private static List<JudgedGroup> chosen(List<JudgedGroup> judged, int answers) {
    int all = judged.stream().mapToInt(group -> group.judgements().size()).sum();
    if (answers == 0 || all == 0) {
      return List.of();
    }
    int groups =
        Math.max(1, (int) Math.round(judged.size() * Math.min(1.0, answers / (double) all)));
    return IntStream.range(0, groups)
        .mapToObj(i -> judged.get((int) ((long) i * judged.size() / groups)))
        .toList();
  }

  private static Card.Way compared(String name, List<JudgedGroup> first, Way way) {
    List<List<Verdict>> then = way.judge(first.stream().map(JudgedGroup::answers).toList());
    int differing = 0;
    Card.@Nullable Difference example = null;
    for (int g = 0; g < first.size(); g++) {
      JudgedGroup group = first.get(g);
      for (int i = 0; i < group.judgements().size(); i++) {
        Verdict before = group.verdicts().get(i);
        Verdict after = then.get(g).get(i);
        if (differ(before, after)) {
          differing++;
          if (example == null) {
            example = new Card.Difference(group.task().id(), group.texts().get(i), before, after);
          }
        }
      }
    }
    return new Card.Way(name, differing, example);
  }

  private static boolean differ(Verdict first, Verdict then) {
    if (isChance(first) || isChance(then)) {
      return false;
    }
    if (first.reward().isPresent() && then.reward().isPresent()) {
      double a = first.reward().getAsDouble();
      double b = then.reward().getAsDouble();
      return Math.abs(a - b) > EQUAL * Math.max(1, Math.abs(a));
    }
    return first.getClass() != then.getClass();
  }

  private static boolean isChance(Verdict verdict) {
    return verdict instanceof Failure failure && CHANCE.contains(failure.kind());
  }

  private List<List<Verdict>> inOrder(List<AnswerGroup> groups) {
    List<List<Verdict>> verdicts = new ArrayList<>();
    for (AnswerGroup group : groups) {
      CardPlan.orCancel(stop);
      verdicts.add(judge(group));
    }
    return verdicts;
  }

  private List<List<Verdict>> shuffled(List<AnswerGroup> groups) {
    Random random = new Random(groups.size());
    List<Integer> order = permutation(groups.size(), random);
    List<List<Verdict>> verdicts = new ArrayList<>(Collections.nCopies(groups.size(), List.of()));
    for (int place : order) {
      CardPlan.orCancel(stop);
      AnswerGroup group = groups.get(place);
      List<Integer> inside = permutation(group.completions().size(), random);
      List<Completion> mixed = inside.stream().map(group.completions()::get).toList();
      List<Verdict> said = judge(new AnswerGroup(group.task(), mixed));
      List<Verdict> back = new ArrayList<>(said);
      for (int i = 0; i < inside.size(); i++) {
        back.set(inside.get(i), said.get(i));
      }
      verdicts.set(place, back);
    }
    return verdicts;
  }

  private static List<Integer> permutation(int size, Random random) {
    List<Integer> places = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(places, random);
    return places;
  }

  private List<List<Verdict>> parallel(List<AnswerGroup> groups) {
    CardPlan.orCancel(stop);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<List<Verdict>>> calls = new ArrayList<>();
      groups.forEach(group -> calls.add(() -> judge(group)));
      List<List<Verdict>> verdicts = new ArrayList<>();
      for (Future<List<Verdict>> call : threads.invokeAll(calls)) {
        verdicts.add(call.get());
      }
      return verdicts;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the reward ran", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** The judge is of this call alone, so that calls may overlap; the reward stays open. */
  private List<Verdict> judge(AnswerGroup group) {
    if (group.completions().isEmpty()) {
      return List.of();
    }
    Duration all = limit.multipliedBy(group.completions().size());
    try (RewardJudge judge = new RewardJudge((task, answers) -> reward.score(task, answers), all)) {
      return judge.judge(group.task(), group.completions()).stream()
          .map(Judgement::verdict)
          .toList();
    }
  }
}
