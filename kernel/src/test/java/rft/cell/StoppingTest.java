package rft.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
final class StoppingTest {
  private final TestCells cells = new TestCells();

  @BeforeAll
  void declareMethods() throws CellError {
    cells.run(
        """
        int deep(int n) { return n == 0 ? 0 : deep(n - 1) + deep(n - 1); }
        class Endless { public String toString() { Signal.began(); while (true) {} } }
        Endless endless = new Endless();
        """);
  }

  @AfterAll
  void closeSession() {
    cells.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Signal.began(); while (true) {}",
        "Signal.began(); for (long i = 0; ; i++) { Math.sin(i); }",
        "Signal.began(); Thread.sleep(600_000);",
        "Signal.began(); new java.util.concurrent.CountDownLatch(1).await();",
        "Signal.began(); Stream.iterate(1, i -> i + 1).filter(i -> i < 0).findFirst();",
        "Signal.began(); deep(60)",
        "Signal.began(); while (true) { try { Thread.sleep(5); } catch (Throwable e) { } }",
        "Signal.began(); long n = 0; while (true) { try { n++; } catch (Throwable e) { } }",
        "Signal.began(); synchronized (this_lock) { while (true) {} }"
      })
  void whateverACellDoesIsStoppedAndTheNextCellRuns(String source) throws Exception {
    cells.run("Object this_lock = new Object();");
    CellError error = cells.stopped(source);
    assertEquals("Interrupted", error.errorName());
    assertFalse(error.getMessage().isBlank());
    assertEquals(0, TestCells.threadsLeft(), "the cell's thread is gone");
    assertFalse(cells.session.isInterrupted());
    assertEquals(42, cells.value("deep(3) + 42"));
  }

  @Test
  void anEndlessToStringIsStoppedWhenItIsGuarded() throws Exception {
    Object endless = cells.session.variable("endless").orElseThrow();
    CellError error = cells.stopped(() -> cells.session.guarded(endless::toString));
    assertEquals("Interrupted", error.errorName());
    assertEquals(0, TestCells.threadsLeft());
    assertEquals(2, cells.value("1 + 1"));
  }

  @Test
  void aLoopBehindANestedEvaluationIsStopped() throws Exception {
    JavaSession session = cells.session;
    CellError error =
        cells.stopped(
            () ->
                session.guarded(
                    () -> {
                      assertEquals(4, session.evaluate("2 + 2", Place.startOf(1)).orElseThrow());
                      assertEquals(5, session.guarded(() -> 5));
                      return session.evaluate("Signal.began(); while (true) {}", Place.startOf(1));
                    }));
    assertEquals("Interrupted", error.errorName());
    assertEquals(0, TestCells.threadsLeft());
  }

  @Test
  void theStatementsBehindTheStoppedOneDoNotRun() throws Exception {
    cells.run("int ran = 0;");
    cells.stopped("Signal.began(); Thread.sleep(600_000);\nran = 1;");
    assertEquals(0, cells.value("ran"));
  }

  @Test
  void aStopBeforeTheCellBeginsStopsIt() throws Exception {
    cells.session.stop();
    assertTrue(cells.session.isInterrupted());
    assertEquals("Interrupted", cells.failure("1 + 1").errorName());
    cells.session.stop();
    cells.session.forgetStop();
    assertEquals(2, cells.value("1 + 1"));
  }

  @Test
  void codeOfAnEarlierCellRunsOnInTheBackgroundAfterAnotherCellWasStopped() throws Exception {
    cells.run(
        """
        class Beat implements Runnable {
          volatile long beats;
          volatile boolean end;
          public void run() {
            while (!end) { beats++; Thread.onSpinWait(); }
          }
        }
        Beat beat = new Beat();
        Thread background = new Thread(() -> { while (!beat.end) { try { beat.run(); } catch (ThreadDeath e) { } } });
        background.start();
        """);
    cells.stopped("Signal.began(); while (true) {}");
    long before = (long) cells.value("beat.beats");
    cells.run("Thread.sleep(50);");
    assertTrue((long) cells.value("beat.beats") > before, "the job goes on");
    cells.run("beat.end = true; background.join();");
  }
}
