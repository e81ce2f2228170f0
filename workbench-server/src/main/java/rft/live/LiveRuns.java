package rft.live;

import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import rft.run.RunFolder;
import rft.run.RunHome;
import rft.web.Routes;

/**
 * What the page sees of runs: the addresses of this package, wired, and the topics {@code runs} and
 * {@code run:ID}.
 */
public final class LiveRuns implements Routes, TopicSource, AutoCloseable {
  private static final String RUN = "run:";

  private final RunHome home;
  private final WorkbenchStore store;
  private final RunList list;
  private final List<Routes> addresses;

  private LiveRuns(RunHome home, WorkbenchStore store, RunTrash trash, RunLog log, Clock clock) {
    this.home = home;
    this.store = store;
    this.list = new RunList(home, store, clock);
    this.addresses =
        List.of(
            new RunsApi(home, list, store, new RunPages(log)),
            new RunMarks(home, store, trash, list));
  }

  /**
   * Shows the runs of a home, and deletes for good what has been in its trash for long.
   *
   * @param log where the last lines of a run's process are found
   * @throws IOException if the home cannot be written
   */
  public static LiveRuns open(RunHome home, RunLog log) throws IOException {
    return open(home, log, Clock.systemUTC());
  }

  static LiveRuns open(RunHome home, RunLog log, Clock clock) throws IOException {
    WorkbenchStore store = WorkbenchStore.open(home);
    try {
      RunTrash trash = new RunTrash(home, clock);
      for (String gone : trash.empty()) {
        store.setTags(gone, List.of());
      }
      return new LiveRuns(home, store, trash, log, clock);
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    addresses.forEach(some -> some.addTo(routes));
  }

  @Override
  public Optional<Topic> topic(String name) {
    if (name.equals("runs")) {
      return Optional.of(new ListTopic(list));
    }
    String id = name.startsWith(RUN) ? name.substring(RUN.length()) : "";
    return RunFolder.isId(id)
        ? Optional.of(new RunTopic(home.folder(id), store))
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
