package rft.display;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.RenderedImage;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.BaseStream;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.jspecify.annotations.Nullable;
import rft.run.PrintableText;

/** Finds the view of a value by its type. */
final class StandardView {
  private static final int MOST_CHARACTERS = 100_000;

  /**
   * Views of types from libraries, by name: looking for one must not load a library that no cell
   * has used.
   */
  private static final Map<String, Function<Object, DisplayData>> LIBRARIES =
      Map.of(
          "tech.tablesaw.table.Relation", value -> Views.bundle(TablesawView.relation(value)),
          "tech.tablesaw.columns.AbstractColumn", value -> Views.bundle(TablesawView.column(value)),
          "org.knowm.xchart.internal.chartpart.Chart", ChartView::of);

  private StandardView() {}

  static DisplayData of(Object value) {
    if (value instanceof Shown shown) {
      return Views.bundle(shown);
    }
    if (isPlain(value)) {
      return text(Brief.own(value));
    }
    Function<Object, DisplayData> library = library(value.getClass());
    if (library != null) {
      return library.apply(value);
    }
    if (value instanceof RenderedImage image) {
      return Picture.of(image);
    }
    Shown shown = isOurs(value) ? ProductView.of(value) : null;
    if (shown == null) {
      shown = general(value);
    }
    return shown == null ? text(Brief.own(value)) : Views.bundle(shown);
  }

  private static boolean isOurs(Object value) {
    return value.getClass().getName().startsWith("rft.");
  }

  private static boolean holdsOurs(List<?> list) {
    return !list.isEmpty() && list.get(0) != null && isOurs(list.get(0));
  }

  private static boolean isPlain(Object value) {
    return value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof Enum;
  }

  private static DisplayData text(String text) {
    return new DisplayData(PrintableText.block(Brief.cut(text, MOST_CHARACTERS)));
  }

  private static @Nullable Function<Object, DisplayData> library(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      Function<Object, DisplayData> view = LIBRARIES.get(each.getName());
      if (view != null) {
        return view;
      }
    }
    return null;
  }

  private static @Nullable Shown general(Object value) {
    if (value instanceof Throwable failure) {
      return FailureView.of(failure);
    }
    if (value instanceof Optional<?> optional) {
      return optional.isEmpty() ? plain("empty") : nested(optional.get());
    }
    if (value instanceof BaseStream || value instanceof Iterator) {
      return plain("a stream, not read: end it with toList() to see what it holds");
    }
    if (value instanceof JsonNode json) {
      return new Page().block(json.toPrettyString()).shown();
    }
    if (value instanceof Collection<?> values) {
      Shown known =
          value instanceof List<?> list && holdsOurs(list) ? ProductView.ofList(list) : null;
      return known == null ? CollectionView.of(values) : known;
    }
    if (value instanceof Map<?, ?> map) {
      return CollectionView.map(map);
    }
    if (value.getClass().isArray()) {
      return CollectionView.array(value);
    }
    return value instanceof Record record ? CollectionView.record(record) : null;
  }

  private static Shown nested(Object value) {
    DisplayData bundle = of(value);
    Object html = bundle.getData(MIMEType.TEXT_HTML);
    return html == null ? plain(Views.text(value)) : new Shown(html.toString(), Views.text(value));
  }

  private static Shown plain(String text) {
    return new Page().say(text).shown();
  }
}
