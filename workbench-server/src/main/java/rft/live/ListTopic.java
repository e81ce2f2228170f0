package rft.live;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The news of the list of runs. Events: {@code runs} {@code {"changed":[..],"removed":[..]}} with
 * the {@link RunLine}s that are new or different and the ids of runs that are gone; {@code resync}.
 */
final class ListTopic implements Topic {
  private final RunList list;
  private long seen = -1;

  ListTopic(RunList list) {
    this.list = list;
  }

  @Override
  public boolean hasNews() throws IOException {
    long now = list.sequence();
    boolean news = now != seen;
    seen = now;
    return news;
  }

  @Override
  public News since(String position) throws IOException {
    if (position.equals(NOW)) {
      return News.none(Long.toString(list.sequence()));
    }
    Optional<RunList.Changes> changes =
        position.matches("\\d{1,18}") ? list.since(Long.parseLong(position)) : Optional.empty();
    if (changes.isEmpty()) {
      return News.lost(Long.toString(list.sequence()));
    }
    RunList.Changes what = changes.get();
    String now = Long.toString(what.sequence());
    boolean none = what.changed().isEmpty() && what.removed().isEmpty();
    return none
        ? News.none(now)
        : new News(
            List.of(
                News.Item.moving(
                    "runs", Map.of("changed", what.changed(), "removed", what.removed()), now)),
            now);
  }
}
