package rft.command;

import org.jspecify.annotations.Nullable;

/**
 * One named part of a reward.
 *
 * @param name as the rubric calls it
 * @param value before weighting
 * @param weight its factor; 0 for a metric, null where it is not known
 * @param contribution weight x value, what it adds to the reward; null where the weight is unknown
 */
public record PartSight(
    String name, double value, @Nullable Double weight, @Nullable Double contribution) {}
