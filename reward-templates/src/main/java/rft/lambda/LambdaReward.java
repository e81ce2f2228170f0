package rft.lambda;

import java.util.Collections;
import java.util.List;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.GroupReward;
import rft.reward.Verdict;

/** A reward that lives on the other side of a wire. Closing it closes the wire. */
public final class LambdaReward implements GroupReward, AutoCloseable {
  private final LambdaWire wire;
  private final EventShape shape;

  /** Makes a reward that sends each group as one event. */
  public LambdaReward(LambdaWire wire, EventShape shape) {
    this.wire = wire;
    this.shape = shape;
  }

  @Override
  public List<Verdict> score(Task task, List<Completion> group) {
    LambdaEvent event = LambdaEvent.of(task, group);
    try {
      return LambdaReply.verdicts(wire.send(event.toJson(shape)), event);
    } catch (LambdaException e) {
      return Collections.nCopies(group.size(), e.asFailure());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the reward was asked", e);
    }
  }

  @Override
  public void close() {
    wire.close();
  }
}
