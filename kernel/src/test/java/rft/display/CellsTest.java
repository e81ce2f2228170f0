package rft.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CellsTest {
  private final RecordingOutput output = new RecordingOutput();

  @AfterEach
  void leaveTheCell() {
    CellOutput.release();
  }

  @Test
  void whatIsShownCanBeUpdatedByItsId() {
    output.adopt();
    String first = Cells.display(List.of(1, 2));
    String second = Cells.display("other");
    assertNotEquals(first, second);
    Cells.updateDisplay(first, List.of(3));
    assertEquals(first, output.last().bundle().getDisplayId());
    assertTrue(output.last().again());
    assertEquals("[3]", output.last().text());
    assertEquals("<div>[3]</div>", output.last().html());
  }

  @Test
  void aFinishedBundleKeepsItsIdAndIsNotChanged() {
    output.adopt();
    DisplayData own = new DisplayData("x");
    own.setDisplayId("mine");
    assertEquals("mine", Cells.display(own));
    DisplayData without = new DisplayData("y");
    Cells.display(without);
    assertNull(without.getDisplayId());
  }

  @Test
  void aThreadThatTheCellStartsShowsInTheCell() throws InterruptedException {
    output.adopt();
    Thread thread = new Thread(() -> Cells.display("late"));
    CellOutput.release();
    output.adopt();
    Thread heir = new Thread(() -> Cells.display("late"));
    thread.start();
    heir.start();
    thread.join();
    heir.join();
    assertEquals(2, output.sent().size());
  }

  @Test
  void clearingReachesTheCell() {
    output.adopt();
    Cells.clearOutput(true);
    assertEquals(1, output.cleared());
  }

  @Test
  void outsideOfACellTextIsPrinted() {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      Cells.display(List.of(1));
      Cells.printf("%.1f", 1.5);
    } finally {
      System.setOut(before);
    }
    assertEquals("[1]" + System.lineSeparator() + "1.5", bytes.toString(StandardCharsets.UTF_8));
  }
}
