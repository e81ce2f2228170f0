package rft.health;

import java.io.IOException;

/** One sign of trouble. */
interface Rule {
  /** Returns its name, in lower case with hyphens. */
  String name();

  /**
   * Returns what it says of a run.
   *
   * @throws IOException if the rollouts that show the trouble cannot be read
   */
  Finding look(Course course) throws IOException;
}
