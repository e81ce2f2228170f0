package rft.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rollout of a group.
 *
 * @param index its place in the group as it was sampled
 * @param answer text, tokens, verdict and reward
 * @param advantage how much better than its group it is
 * @param parts the named parts of its reward, in rubric order; empty for a reward without parts
 * @param before how it stood before other weights were tried; null where none were
 */
public record RolloutSight(
    int index,
    AnswerSight answer,
    double advantage,
    List<PartSight> parts,
    @Nullable Before before) {
  public RolloutSight {
    parts = List.copyOf(parts);
  }

  /**
   * How a rollout stood in training.
   *
   * @param rank place in the group by reward, from 1
   * @param reward null where there was none
   * @param advantage the one that entered the loss
   */
  public record Before(int rank, @Nullable Double reward, double advantage) {}
}
