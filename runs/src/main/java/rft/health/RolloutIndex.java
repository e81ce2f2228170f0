package rft.health;

import java.io.IOException;
import java.util.List;
import rft.run.RolloutRow;

/** Where rollouts are looked up, without their texts. */
@FunctionalInterface
interface RolloutIndex {
  /** Returns those of a step; none for a step that kept none. */
  List<RolloutRow> at(int step) throws IOException;
}
