package rft.display;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Shows collections, maps, arrays and records as small tables. */
final class CollectionView {
  private static final int SHORT = 120;

  private CollectionView() {}

  static Shown of(Collection<?> values) {
    List<Object> first = new ArrayList<>();
    for (Object value : values) {
      first.add(value);
      if (first.size() == Sheet.MOST_ROWS) {
        break;
      }
    }
    return rows(first, Math.max(first.size(), values.size()));
  }

  private static Shown rows(List<Object> first, long total) {
    String brief = Brief.of(first);
    boolean flat = first.stream().noneMatch(CollectionView::isNested);
    if (flat && brief.length() <= SHORT && first.size() == total) {
      return new Page().say(brief).shown();
    }
    Sheet table = ofRecords(first) ? records(first) : numbered(first);
    return new Page().add(table.outOf(total)).shown();
  }

  private static boolean isNested(Object value) {
    return value instanceof Record || value instanceof Collection || value instanceof Map;
  }

  private static boolean ofRecords(List<Object> values) {
    return values.stream().allMatch(Record.class::isInstance)
        && values.stream().map(Object::getClass).distinct().count() == 1;
  }

  private static Sheet records(List<Object> records) {
    RecordComponent[] components = records.get(0).getClass().getRecordComponents();
    Sheet table =
        new Sheet(Stream.of(components).map(RecordComponent::getName).toArray(String[]::new));
    for (Object each : records) {
      Record record = (Record) each;
      table.row(Stream.of(components).map(part -> Brief.component(record, part)).toArray());
    }
    return table;
  }

  private static Sheet numbered(List<Object> values) {
    Sheet table = new Sheet("", "value");
    for (int i = 0; i < values.size(); i++) {
      table.row(i, values.get(i) == null ? "null" : values.get(i));
    }
    return table;
  }

  static Shown map(Map<?, ?> map) {
    if (map.isEmpty()) {
      return new Page().say("{}").shown();
    }
    Sheet table = new Sheet("key", "value");
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (table.isFull()) {
        break;
      }
      table.row(Brief.of(entry.getKey()), entry.getValue() == null ? "null" : entry.getValue());
    }
    return table.outOf(map.size()).shown();
  }

  static Shown array(Object array) {
    int length = Array.getLength(array);
    List<Object> first = new ArrayList<>();
    for (int i = 0; i < Math.min(length, Sheet.MOST_ROWS); i++) {
      first.add(Array.get(array, i));
    }
    boolean grid = length > 0 && first.stream().allMatch(CollectionView::isArray);
    return grid ? grid(first).outOf(length).shown() : rows(first, length);
  }

  private static boolean isArray(Object value) {
    return value != null && value.getClass().isArray();
  }

  private static Sheet grid(List<Object> lines) {
    Sheet table = new Sheet();
    for (Object line : lines) {
      int columns = Array.getLength(line);
      int shown = Math.min(columns, Sheet.MOST_ROWS);
      Object[] cells = new Object[shown < columns ? shown + 1 : shown];
      for (int i = 0; i < shown; i++) {
        cells[i] = Array.get(line, i);
      }
      if (shown < columns) {
        cells[shown] = ".. and " + (columns - shown) + " more";
      }
      table.row(cells);
    }
    return table;
  }

  static Shown record(Record record) {
    Sheet table = new Sheet();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = Brief.component(record, component);
      table.row(component.getName(), value == null ? "null" : value);
    }
    return new Page().heading(record.getClass().getSimpleName(), "").add(table).shown();
  }
}
