package rft.playground;

import java.util.ArrayList;
import java.util.List;

/** Says to several threads that nobody waits for them any more. */
final class StopSignal {
  private final List<Runnable> actions = new ArrayList<>();
  private boolean stopped;

  synchronized boolean isStopped() {
    return stopped;
  }

  /** Runs an action when the signal comes, or at once if it has come. */
  void onStop(Runnable action) {
    synchronized (this) {
      if (!stopped) {
        actions.add(action);
        return;
      }
    }
    action.run();
  }

  synchronized void forget(Runnable action) {
    actions.remove(action);
  }

  void stop() {
    List<Runnable> all;
    synchronized (this) {
      stopped = true;
      all = List.copyOf(actions);
      actions.clear();
    }
    all.forEach(Runnable::run);
  }
}
