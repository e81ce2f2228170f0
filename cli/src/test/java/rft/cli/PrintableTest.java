package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

final class PrintableTest {
  @Test
  void controlCharactersAreShownAsEscapes() {
    assertEquals("a\\u001b[31mb\\u0007", Printable.line("a\u001b[31mb\u0007"));
    assertEquals("\\u009b31m", Printable.line("\u009b31m"));
    assertEquals("\\r\\n\\t", Printable.line("\r\n\t"));
    assertEquals("\\u2028", Printable.line("\u2028"));
  }

  @Test
  void aBlockKeepsItsLineFeedsAndTabs() {
    assertEquals("a\n\tb\\r", Printable.block("a\n\tb\r"));
  }

  @Test
  void charactersThatReorderTextAreShown() {
    assertEquals("\\u202eabc", Printable.line("\u202eabc"));
    assertEquals("\\u{e0001}", Printable.line(Character.toString(0xE0001)));
  }

  @Test
  void halfOfASurrogatePairIsShown() {
    assertEquals("\\ud800", Printable.line("\ud800"));
  }

  @Test
  void ordinaryTextOfAnyLanguageStays() {
    String text = "Grüße, 你好, नमस्ते, 👩‍👩‍👧";
    assertSame(text, Printable.line(text));
  }
}
