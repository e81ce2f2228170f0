package rft.live;

import java.io.IOException;

/** Something that pages watch. Only the thread that tells the news uses it. */
public interface Topic extends AutoCloseable {
  /** Position of a page that knows nothing and only wants what comes. */
  String NOW = "";

  /**
   * Returns true if there may be news since it was asked last; cheap, as it is asked four times a
   * second.
   *
   * @throws IOException if that cannot be told now
   */
  boolean hasNews() throws IOException;

  /**
   * Returns what happened after a position.
   *
   * @param position where the page is, from earlier news or from the state it loaded, or {@link
   *     #NOW}
   * @throws IOException if that cannot be told now
   */
  News since(String position) throws IOException;

  @Override
  default void close() throws IOException {}
}
