package rft.live;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a topic after a position.
 *
 * @param items in the order in which a page must hear of them
 * @param position where a page is that has heard them all
 */
public record News(List<Item> items, String position) {
  /**
   * One event for a page. Its data are told together with the name of the topic.
   *
   * @param event its kind, for example {@code metrics}
   * @param data a record or map, in JSON an object
   * @param position where a page is that has heard everything up to this; null if it does not move
   * @param state true if only the newest of its kind counts, so that an older one may be left out
   */
  public record Item(String event, Object data, @Nullable String position, boolean state) {
    /** Returns a piece of news that moves the page to a position. */
    public static Item moving(String event, Object data, String position) {
      return new Item(event, data, position, false);
    }

    /** Returns how something is now; a page may hear it again. */
    public static Item state(String event, Object data) {
      return new Item(event, data, null, true);
    }
  }

  public News {
    items = List.copyOf(items);
  }

  /** Returns the news that a page must load everything again, because what it missed is gone. */
  static News lost(String position) {
    return new News(List.of(Item.moving("resync", Map.of(), position)), position);
  }

  /** Returns no news. */
  static News none(String position) {
    return new News(List.of(), position);
  }
}
