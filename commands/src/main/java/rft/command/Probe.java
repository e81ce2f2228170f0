package rft.command;

/**
 * Looks at one thing that the product needs. Other modules add theirs: they are found by {@link
 * java.util.ServiceLoader}, through {@code META-INF/services/rft.command.Probe}.
 */
@FunctionalInterface
public interface Probe {
  /** Returns what is there; never fails, whatever it finds. */
  Finding look();
}
