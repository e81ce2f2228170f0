package rft.live;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import rft.command.StepSight;
import rft.run.RunReader;

/** The steps that were looked at last, so that the next look at one of them reads no file. */
final class RecentSteps {
  private static final int MOST = 4;

  /** A step's rollouts never change; after rows were dropped, it may be another step. */
  private record Key(String run, int step, int generation) {}

  private final Map<Key, StepSight> steps = new LinkedHashMap<>(MOST * 2, 0.75f, true);

  StepSight step(RunReader reader, int step) throws IOException {
    Key key = new Key(reader.folder().id(), step, reader.generation());
    synchronized (steps) {
      StepSight known = steps.get(key);
      if (known != null) {
        return known;
      }
    }
    StepSight read = StepSight.read(reader, step);
    synchronized (steps) {
      steps.put(key, read);
      steps.keySet().stream().findFirst().filter(k -> steps.size() > MOST).ifPresent(steps::remove);
    }
    return read;
  }
}
