package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
  @Test
  void columnsLineUpAndNumbersStandRight() {
    Screenshot screen = Screenshot.plain();
    new Table("lrl")
        .heading("split", "rows", "file")
        .row("train", "7", "a")
        .print(screen.terminal());
    assertEquals("split  rows  file\ntrain     7  a\n", screen.out());
  }

  @Test
  void colorsDoNotShiftColumns() {
    Screenshot screen = new Screenshot(new Terminal.Screen(false, true, true, true, 80));
    Table table = new Table("ll");
    table.row(List.of(Line.of(Style.RED, "no"), Line.of("x"))).row("warn", "y");
    table.print(screen.terminal());
    assertEquals("\u001b[31mno\u001b[0m    x\nwarn  y\n", screen.out());
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    Table table = new Table("ll");
    assertThrows(IllegalArgumentException.class, () -> table.row("one"));
  }
}
