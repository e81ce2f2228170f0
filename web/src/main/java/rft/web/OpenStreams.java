package rft.web;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The event streams that a server has open now. */
final class OpenStreams {
  /** As many as one would open tabs; each holds a thread. */
  static final int MOST = 128;

  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

  /** Returns false if there are too many already. */
  synchronized boolean add(EventStream stream) {
    return streams.size() < MOST && streams.add(stream);
  }

  void remove(EventStream stream) {
    streams.remove(stream);
  }

  int size() {
    return streams.size();
  }

  void closeAll() {
    List.copyOf(streams).forEach(EventStream::close);
  }
}
