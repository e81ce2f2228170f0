package rft.live;

import io.javalin.json.JsonMapper;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rft.web.EventStream;
import rft.web.StreamEvent;

/** One page that watches topics, and where in each of them it is. */
final class StreamClient {
  private final EventStream stream;
  private final Map<String, String> positions;
  private final Set<String> heard = new HashSet<>();
  private final JsonMapper mapper;

  StreamClient(EventStream stream, Map<String, String> positions, JsonMapper mapper) {
    this.stream = stream;
    this.positions = new LinkedHashMap<>(positions);
    this.mapper = mapper;
  }

  /** Returns the position by topic that an event's id names; what is no position is left out. */
  static Map<String, String> positions(String id) {
    Map<String, String> positions = new LinkedHashMap<>();
    for (String part : id.split(",")) {
      int at = part.lastIndexOf('@');
      if (at > 0 && at < part.length() - 1) {
        positions.put(part.substring(0, at), part.substring(at + 1));
      }
    }
    return positions;
  }

  void whenClosed(Runnable action) {
    stream.whenClosed(action);
  }

  boolean isOpen() {
    return stream.isOpen();
  }

  JsonMapper mapper() {
    return mapper;
  }

  Set<String> topics() {
    return positions.keySet();
  }

  /** Returns where it is in a topic, or null if it does not watch it. */
  @Nullable String position(String topic) {
    return positions.get(topic);
  }

  /** Returns true if it has heard nothing of a topic yet. */
  boolean isNewTo(String topic) {
    return !heard.contains(topic);
  }

  /** Puts news into its queue; never waits. */
  void hear(TopicNews told) {
    String topic = told.topic();
    for (int i = 0; i < told.json().size(); i++) {
      News.Item item = told.news().items().get(i);
      String key = item.state() ? item.event() + " " + topic : null;
      String id = null;
      if (item.position() != null) {
        positions.put(topic, item.position());
        id = id();
      }
      stream.send(new StreamEvent(item.event(), told.json().get(i), id, key));
    }
    positions.put(topic, told.news().position());
    if (heard.add(topic)) {
      // From here on a page that loses the connection knows where it was.
      stream.send(new StreamEvent("here", "{}", id(), null));
    }
  }

  /** Returns the id of an event that brings the page to where it is put now. */
  private String id() {
    return positions.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(Topic.NOW))
        .map(entry -> entry.getKey() + "@" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
