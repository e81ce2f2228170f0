package rft.lambda;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import rft.reward.Judgement;
import rft.reward.RewardJudge;
import rft.reward.RewardUnit;
import rft.reward.Verdict;

/** A reward of ours as a function of the contract: answers events, whichever wire brings them. */
public final class LambdaFunction implements AutoCloseable {
  private final Map<String, Double> weights;
  private final List<RewardJudge> all = new ArrayList<>();
  private final BlockingQueue<RewardJudge> idle;

  /**
   * Loads a reward as often as events are answered at once, since it need not bear two calls at a
   * time.
   *
   * @param limit time limit of one call of the reward
   * @param parallel events answered at once
   */
  public LambdaFunction(RewardUnit unit, Duration limit, int parallel) {
    if (parallel < 1) {
      throw new IllegalArgumentException("parallel (" + parallel + ") must be at least 1");
    }
    this.weights = unit.weights();
    this.idle = new ArrayBlockingQueue<>(parallel);
    for (int i = 0; i < parallel; i++) {
      all.add(new RewardJudge(unit.load(), limit));
    }
    idle.addAll(all);
  }

  /**
   * Returns the answer to an event; waits while others are answered.
   *
   * @throws InterruptedException if the caller is interrupted while it waits
   */
  public LambdaAnswer answer(String json) throws InterruptedException {
    LambdaEvent event;
    try {
      event = LambdaEvent.read(json);
    } catch (LambdaException e) {
      return new LambdaAnswer(LambdaAnswer.Status.UNREADABLE, LambdaReply.error(e));
    }
    List<Verdict> verdicts = verdicts(event);
    return new LambdaAnswer(
        LambdaReply.isWhole(verdicts) ? LambdaAnswer.Status.SCORED : LambdaAnswer.Status.UNSCORED,
        LambdaReply.write(event, verdicts, weights));
  }

  private List<Verdict> verdicts(LambdaEvent event) throws InterruptedException {
    List<LambdaRollout> rollouts = event.rollouts();
    Verdict[] verdicts = new Verdict[rollouts.size()];
    RewardJudge judge = idle.take();
    try {
      for (List<Integer> places : event.groups()) {
        List<Judgement> judgements =
            judge.judge(
                rollouts.get(places.get(0)).task(),
                places.stream().map(place -> rollouts.get(place).completion()).toList());
        for (int i = 0; i < places.size(); i++) {
          verdicts[places.get(i)] = judgements.get(i).verdict();
        }
      }
    } finally {
      idle.add(judge);
    }
    return Arrays.asList(verdicts);
  }

  @Override
  public void close() {
    all.forEach(RewardJudge::close);
  }
}
