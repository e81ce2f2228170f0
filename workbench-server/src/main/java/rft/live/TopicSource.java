package rft.live;

import java.util.Optional;

/** Knows some topics by their names. */
@FunctionalInterface
public interface TopicSource {
  /** Returns a topic, which holds nothing open yet; empty for a name that is not known here. */
  Optional<Topic> topic(String name);
}
