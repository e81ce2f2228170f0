package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

final class PrintableTextTest {
  @Test
  void controlCharactersAreShownAsEscapes() {
    assertEquals("a\\u001b[31mb\\u0007", PrintableText.line("a\u001b[31mb\u0007"));
    assertEquals("\\u009b31m", PrintableText.line("\u009b31m"));
    assertEquals("\\r\\n\\t", PrintableText.line("\r\n\t"));
    assertEquals("\\u2028", PrintableText.line("\u2028"));
  }

  @Test
  void aBlockKeepsItsLineFeedsAndTabs() {
    assertEquals("a\n\tb\\r", PrintableText.block("a\n\tb\r"));
  }

  @Test
  void charactersThatReorderTextAreShown() {
    assertEquals("\\u202eabc", PrintableText.line("\u202eabc"));
    assertEquals("\\u{e0001}", PrintableText.line(Character.toString(0xE0001)));
  }

  @Test
  void halfOfASurrogatePairIsShown() {
    assertEquals("\\ud800", PrintableText.line("\ud800"));
  }

  @Test
  void ordinaryTextOfAnyLanguageStays() {
    String text = "Grüße, 你好, नमस्ते, 👩‍👩‍👧";
    assertSame(text, PrintableText.line(text));
  }
}
