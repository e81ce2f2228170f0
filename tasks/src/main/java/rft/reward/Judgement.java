package rft.reward;

import java.time.Duration;

/**
 * What a judge says of one completion, and how long it took.
 *
 * @param verdict the verdict
 * @param latency wall time of the call that gave the verdict; the whole group's if the reward
 *     scores groups
 */
public record Judgement(Verdict verdict, Duration latency) {}
