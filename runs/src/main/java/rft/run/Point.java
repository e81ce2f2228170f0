package rft.run;

/**
 * One value of a metric.
 *
 * @param step the step it belongs to
 * @param value the value; may be NaN or infinite
 */
public record Point(int step, double value) {}
