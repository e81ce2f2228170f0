package rft.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Groups of rollouts as a run stored them.
 *
 * @param source the run's id, or the name of the rollouts
 * @param reward what scored them
 * @param choice why these groups, for example {@code largest spread of step 20}
 * @param colour what the colour of tokens means
 * @param weights of the reward's parts, as they are applied here; empty where they are unknown
 * @param trained the weights in training, if others are tried here; else empty
 * @param groups the groups, most instructive first
 * @param notes what could not be shown, and why
 */
public record GroupInspection(
    String source,
    String reward,
    String choice,
    TokenColour colour,
    Map<String, Double> weights,
    Map<String, Double> trained,
    List<GroupSight> groups,
    List<String> notes)
    implements Inspection {
  public GroupInspection {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    trained = Collections.unmodifiableMap(new LinkedHashMap<>(trained));
    groups = List.copyOf(groups);
    notes = List.copyOf(notes);
  }

  /** Returns whether other weights than those in training are applied. */
  public boolean reweighted() {
    return groups.stream()
        .flatMap(group -> group.rollouts().stream())
        .anyMatch(rollout -> rollout.before() != null);
  }

  @Override
  public Optional<String> text() {
    return Optional.of(GroupText.of(this));
  }
}
