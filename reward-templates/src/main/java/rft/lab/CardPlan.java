package rft.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import rft.dataset.Task;
import rft.reward.GroupReward;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;
import rft.worker.WorkerReward;

/**
 * How a reward's card is made.
 *
 * @param fullMarks what a right answer is paid
 * @param groupSize answers per task in the training that is planned
 * @param repeats answers to judge again, in each of three ways; 0 for none
 * @param limit time limit of one call
 * @param form how gold answers are written; null for the reference alone
 * @param weights of the reward's parts by name; empty if they are not known
 * @param advantages how the training compares rewards
 */
public record CardPlan(
    FullMarks fullMarks,
    int groupSize,
    int repeats,
    Duration limit,
    @Nullable GoldForm form,
    Map<String, Double> weights,
    AdvantageRule advantages) {
  private static final List<Integer> SIZES = List.of(4, 8, 16, 32, 64);

  public CardPlan {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    if (groupSize < 2) {
      throw new IllegalArgumentException(
          "group size (" + groupSize + ") must be at least 2: a group of one has no advantage");
    }
    if (repeats < 0) {
      throw new IllegalArgumentException("repeats (" + repeats + ") must be at least 0");
    }
  }

  /**
   * Returns the card of a reward. One that hangs or would end this process is judged in a worker;
   * the latter is not judged again, which takes several calls at the same time in this process.
   *
   * @param unit the reward
   * @param tasks those whose own answers are judged
   * @param groups answers of the model that is to be trained
   * @param stop asked before each group and each gold answer
   * @throws IllegalArgumentException if there are no answers
   * @throws CancellationException if it is to stop: a card of some answers would mislead
   */
  public Card card(
      RewardUnit unit, List<Task> tasks, List<AnswerGroup> groups, BooleanSupplier stop) {
    try (RewardJudge judge = WorkerReward.judge(unit, limit)) {
      if (unit.mayEndProcess()) {
        return card(judge, null, tasks, groups, stop);
      }
      GroupReward reward = unit.load();
      RewardJudge owner = new RewardJudge(reward, limit);
      try {
        return card(judge, reward, tasks, groups, stop);
      } finally {
        // It closes what the reward holds.
        owner.close();
      }
    }
  }

  /**
   * Returns the card of a reward that is known to behave, such as a lambda.
   *
   * @param reward the reward; it is closed if it holds anything
   * @param tasks those whose own answers are judged
   * @param groups answers of the model that is to be trained
   * @throws IllegalArgumentException if there are no answers
   */
  public Card card(GroupReward reward, List<Task> tasks, List<AnswerGroup> groups) {
    try (RewardJudge judge = new RewardJudge(reward, limit)) {
      return card(judge, reward, tasks, groups, () -> false);
    }
  }

  /** Ends what is done if it is to stop. */
  static void orCancel(BooleanSupplier stop) {
    if (stop.getAsBoolean()) {
      throw new CancellationException("interrupted");
    }
  }

  private Card card(
      RewardJudge judge,
      @Nullable GroupReward reward,
      List<Task> tasks,
      List<AnswerGroup> groups,
      BooleanSupplier stop) {
    if (groups.stream().allMatch(group -> group.completions().isEmpty())) {
      throw new IllegalArgumentException("there are no answers to judge");
    }
    List<JudgedGroup> judged = new ArrayList<>();
    for (AnswerGroup group : groups) {
      orCancel(stop);
      judged.add(JudgedGroup.of(judge, group));
    }
    Measures measures = new Measures(judged, fullMarks);
    Card.Trouble trouble = measures.trouble();
    boolean hopeless = trouble.failed().low() > CardRules.MOST_FAILING;
    Card.Gold gold = new GoldCheck(judge, fullMarks, measures, form, stop).of(tasks);
    Card.Repeats again =
        reward == null || hopeless
            ? new Card.Repeats(0, List.of())
            : new RepeatCheck(reward, limit, stop).of(judged, repeats);
    return card(measures, trouble, gold, again);
  }

  private Card card(Measures measures, Card.Trouble trouble, Card.Gold gold, Card.Repeats again) {
    GroupForecast forecast = new GroupForecast(measures.counts());
    Card.Signal signal =
        new Card.Signal(
            forecast(forecast, groupSize),
            (int) measures.counts().stream().filter(group -> !group.usable()).count(),
            measures.spread(),
            measures.advantage(advantages));
    List<Card.Forecast> sizes =
        IntStream.concat(SIZES.stream().mapToInt(n -> n), IntStream.of(groupSize))
            .sorted()
            .distinct()
            .mapToObj(size -> forecast(forecast, size))
            .toList();
    return new Card(
        measures.groups(),
        measures.answers(),
        fullMarks.value(),
        measures.rewards(),
        signal,
        sizes,
        gold,
        again,
        trouble,
        measures.latency(),
        PartCheck.of(weights, measures.judged()),
        LengthCheck.of(measures.judged()).orElse(null));
  }

  private static Card.Forecast forecast(GroupForecast forecast, int size) {
    GroupForecast.Mix mix = forecast.of(size);
    return new Card.Forecast(
        size, mix.allBad(), mix.mixed(), mix.allGood(), forecast.reachesBeyond(size));
  }
}
