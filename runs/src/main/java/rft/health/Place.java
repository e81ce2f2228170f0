package rft.health;

/**
 * Where to find a rollout.
 *
 * @param step it was sampled for
 * @param position of its task within the step
 * @param index within its group
 */
public record Place(int step, int position, int index) {}
