package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rft.command.DataCheck;
import rft.command.Doctor;
import rft.command.Finding;
import rft.command.Result;
import rft.command.SplitSizes;
import rft.dataset.RowProblem;

final class ViewsTest {
  private final Screenshot screen = Screenshot.plain();

  record Unknown() implements Result {}

  @Test
  void aResultNobodyCanPrintIsAnError() {
    assertThrows(
        IllegalArgumentException.class, () -> Views.show(new Unknown(), screen.terminal()));
  }

  record Spoken() implements Result {
    @Override
    public Optional<String> text() {
      return Optional.of("two\nlines");
    }
  }

  @Test
  void aResultWithoutAViewIsPrintedAsItsText() {
    Views.show(new Spoken(), screen.terminal());
    assertEquals("two\nlines\n", screen.out());
  }

  @Test
  void aBadRowIsPrintedWithFileLineAndColumn() {
    Views.show(
        new DataCheck.Report(
            List.of(
                new DataCheck.FileReport(
                    "d.jsonl",
                    2,
                    1,
                    0,
                    new SplitSizes(1, 0, 0),
                    "0".repeat(64),
                    List.of(new RowProblem(2, 7, "broken", "mend it"))))),
        screen.terminal());
    assertTrue(screen.out().startsWith("d.jsonl:2:7: broken; mend it\n"), screen.out());
    assertTrue(screen.out().contains("bad  d.jsonl: 2 rows, 1 bad\n"), screen.out());
  }

  @Test
  void theDoctorPutsTheFixUnderWhatItFound() {
    Views.show(
        new Doctor.Report(
            List.of(
                new Finding("Java", Finding.Status.OK, "17", ""),
                new Finding("Maven", Finding.Status.FAIL, "none", "get it"))),
        screen.terminal());
    assertEquals("ok    Java   17\nFAIL  Maven  none\n             -> get it\n", screen.out());
  }
}
