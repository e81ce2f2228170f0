package rft.command;

/** Looks at one thing that the product needs. */
@FunctionalInterface
public interface Probe {
  /** Returns what is there; never fails, whatever it finds. */
  Finding look();
}
