package rft.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;

final class ValueViewsTest {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>\u202Egnp\u001b[31m";

  record City(String name, int people) {}

  static final class Broken {
    @Override
    public String toString() {
      throw new StackOverflowError("round and round");
    }
  }

  private static String html(Object value) {
    return String.valueOf(Views.bundle(value).getData(MIMEType.TEXT_HTML));
  }

  private static void assertHarmless(Object value) {
    String html = html(value);
    assertFalse(html.contains("<img src=x"), html);
    assertFalse(html.contains("\u202E"), html);
    assertTrue(html.contains("&lt;img"), html);
    String text = Views.text(value);
    assertFalse(text.contains("\u001b") || text.contains("\u202E"), text);
    assertTrue(text.contains("<img src=x onerror=alert(1)>"), text);
  }

  @Test
  void aTextOrNumberIsPlainText() {
    assertEquals("ok", Views.text("ok"));
    assertEquals("0.1", Views.text(0.1));
    assertEquals("null", Views.text(null));
    assertNull(Views.bundle("ok").getData(MIMEType.TEXT_HTML));
  }

  @Test
  void aBundleIsPassedOnAsItIs() {
    DisplayData bundle = new DisplayData("mine");
    assertSame(bundle, Views.bundle(bundle));
    assertSame(bundle, Views.bundle(bundle, "text/html"));
  }

  @Test
  void hostileTextIsShownAndNeverInterpreted() {
    assertHarmless(List.of(new City(HOSTILE, 1)));
    assertHarmless(new City(HOSTILE, 1));
    assertHarmless(Map.of(HOSTILE, HOSTILE));
    assertHarmless(new String[] {HOSTILE});
    assertHarmless(Optional.of(HOSTILE));
    assertHarmless(new IllegalStateException(HOSTILE));
    assertFalse(Views.text(HOSTILE).contains("\u001b"));
  }

  @Test
  void recordsOfOneKindAreATableWithTheirComponents() {
    String text = Views.text(List.of(new City("Bern", 134_000), new City("Chur", 38_000)));
    assertEquals("name  people\nBern  134000\nChur   38000", text);
    assertTrue(html(List.of(new City("Bern", 1))).contains("<table"));
  }

  @Test
  void longListsAreCutWithANote() {
    List<Integer> many = IntStream.range(0, 504).boxed().toList();
    String text = Views.text(many);
    assertEquals(52, text.lines().count(), "heading, 50 rows, note");
    assertTrue(text.endsWith("50 of 504 rows; 454 left out"), text);
    assertTrue(html(many).contains("50 of 504 rows; 454 left out"));
  }

  @Test
  void longTextIsCutWithANote() {
    String text = Views.text("x".repeat(250_000));
    assertTrue(text.endsWith(".. and 150000 characters more"), text.substring(99_990));
    assertTrue(text.length() < 100_100);
  }

  @Test
  void whatThrowsIsShownAsAnError() {
    assertEquals(
        "(its toString() failed with StackOverflowError: round and round)",
        Views.text(new Broken()));
    assertTrue(Views.text(List.of(new Broken())).contains("its toString() failed"));
    Views.renderer()
        .createRegistration(Thread.class)
        .register(
            (value, context) -> {
              throw new AssertionError("no view");
            });
    String text = Views.text(new Thread());
    assertEquals("java.lang.Thread: its display failed with AssertionError: no view", text);
  }

  @Test
  @SuppressWarnings("removal")
  void theStopOfACellIsNoFailureOfAView() {
    Object stopping =
        new Object() {
          @Override
          public String toString() {
            throw new ThreadDeath();
          }
        };
    assertThrows(ThreadDeath.class, () -> Views.text(stopping));
  }

  @Test
  void aCollectionThatHoldsItselfHasAnEnd() {
    List<Object> ring = new ArrayList<>();
    ring.add(ring);
    assertTrue(Views.text(ring).length() < 5_000);
  }

  @Test
  void aStreamIsNotConsumed() {
    Stream<Integer> stream = Stream.of(1, 2);
    assertTrue(Views.text(stream).contains("not read"));
    assertEquals(2, stream.count());
  }

  @Test
  void arraysOfArraysAreAGrid() {
    assertEquals("1    2\n3  4.5", Views.text(new double[][] {{1, 2}, {3, 4.5}}));
    assertEquals("[1, 2]", Views.text(new int[] {1, 2}));
    assertEquals("[]", Views.text(new int[0]));
    assertEquals("[null, a]", Views.text(Arrays.asList(null, "a")));
    assertEquals("{}", Views.text(Collections.emptyMap()));
  }

  @Test
  void aThrowableSaysItsCausesAndKeepsItsStackInTheText() {
    String text = Views.text(new IllegalStateException("top", new ArithmeticException("deep")));
    assertTrue(text.startsWith("IllegalStateException: top\ncaused by ArithmeticException: deep"));
    assertTrue(text.contains("    at rft.display.ValueViewsTest."), text);
  }

  @Test
  void anImageIsPng() {
    DisplayData bundle = Views.bundle(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB));
    byte[] png = Base64.getDecoder().decode(String.valueOf(bundle.getData(MIMEType.IMAGE_PNG)));
    assertEquals('P', png[1]);
    assertEquals("image of 30 x 20 pixels", bundle.getData(MIMEType.TEXT_PLAIN));
  }

  @Test
  void aTextIsTakenToBeWrittenInTheTypeAskedFor() {
    DisplayData bundle = Views.bundle("<b>x</b>", "text/html");
    assertEquals("<b>x</b>", bundle.getData(MIMEType.TEXT_HTML));
    assertEquals("<b>x</b>", bundle.getData(MIMEType.TEXT_PLAIN));
  }

  @Test
  void aViewThatACellRegistersGoesBeforeTheStandardOne() {
    Views.renderer()
        .createRegistration(City.class)
        .preferring(MIMEType.TEXT_MARKDOWN)
        .register(
            (city, context) ->
                context.renderIfRequested(MIMEType.TEXT_MARKDOWN, () -> "*" + city.name() + "*"));
    DisplayData bundle = Views.bundle(new City("Bern", 1));
    assertEquals("*Bern*", bundle.getData(MIMEType.TEXT_MARKDOWN));
  }
}
