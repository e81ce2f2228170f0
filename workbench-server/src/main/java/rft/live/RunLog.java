package rft.live;

import java.util.List;
import rft.run.RunFolder;

/** Finds what the process of a run last printed. */
@FunctionalInterface
public interface RunLog {
  /** A workbench whose runs have no logs. */
  RunLog NONE = (folder, lines) -> List.of();

  /** Returns up to so many of the last lines, oldest first; none if there is no log. */
  List<String> tail(RunFolder folder, int lines);
}
