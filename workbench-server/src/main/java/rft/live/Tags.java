package rft.live;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What users marked runs with. */
interface Tags {
  /** Returns the tags of every run that has some, sorted, by the run's id. */
  Map<String, List<String>> all() throws IOException;
}
