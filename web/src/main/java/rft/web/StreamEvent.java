package rft.web;

import org.jspecify.annotations.Nullable;

/**
 * One event of a stream.
 *
 * @param name of its kind; letters, digits, - and _
 * @param data JSON
 * @param id where a client that comes back goes on, as its header {@code Last-Event-ID}; null for
 *     none
 * @param key what it is the newest state of: while it waits, a newer one with an equal key takes
 *     its place; null for an event that must not be left out
 */
public record StreamEvent(String name, String data, @Nullable String id, @Nullable Object key) {
  public StreamEvent {
    if (!name.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException("an event's name must be one word, not \"" + name + "\"");
    }
    if (id != null && !id.matches("[\\x21-\\x7e]*")) {
      throw new IllegalArgumentException("an event's id must be printable, not \"" + id + "\"");
    }
  }

  /** Returns an event that must not be left out. */
  public static StreamEvent of(String name, String data) {
    return new StreamEvent(name, data, null, null);
  }

  /** Returns it as it goes over the wire. */
  public String frame() {
    StringBuilder frame = new StringBuilder();
    if (id != null) {
      frame.append("id: ").append(id).append('\n');
    }
    frame.append("event: ").append(name).append('\n');
    data.lines().forEach(line -> frame.append("data: ").append(line).append('\n'));
    if (data.isEmpty()) {
      frame.append("data:\n");
    }
    return frame.append('\n').toString();
  }
}
