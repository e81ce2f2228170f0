package rft.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The events that wait for one client. Adding never waits: of events with an equal key the newest
 * stays, and when too many wait they are dropped and the client is told to ask for everything
 * again.
 */
final class EventQueue {
  static final StreamEvent RESYNC = StreamEvent.of("resync", "{}");

  private final Map<Object, StreamEvent> waiting = new LinkedHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int capacity;
  private boolean closed;

  EventQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Returns false if it is closed. */
  boolean add(StreamEvent event) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      Object key = event.key() == null ? new Object() : event.key();
      // To the end: a client that comes back after this event has seen all that came before it.
      waiting.remove(key);
      if (waiting.size() >= capacity) {
        waiting.clear();
        waiting.put(RESYNC, RESYNC);
      }
      waiting.put(key, event);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Returns all that wait, as soon as there are some; none after a time or when it is closed. */
  List<StreamEvent> take(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (waiting.isEmpty() && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      List<StreamEvent> events = List.copyOf(waiting.values());
      waiting.clear();
      return events;
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
