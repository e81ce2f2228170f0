package rft.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

@SuppressWarnings("LockNotBeforeTry") // when it is let go is what these tests are about
final class EngineLockTest {
  private final EngineLock lock = new EngineLock();

  @Test
  void theHolderHearsOfAnInterruptWhenItLetsGo() {
    lock.lock();
    lock.lock();
    lock.interrupt(Thread.currentThread());
    assertFalse(Thread.currentThread().isInterrupted());
    lock.unlock();
    assertFalse(Thread.currentThread().isInterrupted());
    lock.unlock();
    assertTrue(Thread.interrupted());
    lock.interrupt(Thread.currentThread());
    assertTrue(Thread.interrupted(), "who does not hold it hears at once");
  }

  @Test
  void anInterruptFromBeforeWaitsTooAndCodeOfCellsSeesIt() {
    Thread.currentThread().interrupt();
    lock.lock();
    assertFalse(Thread.currentThread().isInterrupted());
    int holds = lock.free();
    assertTrue(Thread.interrupted());
    lock.take(holds);
    lock.unlock();
    assertFalse(Thread.currentThread().isInterrupted(), "it is told once");
    Thread.currentThread().interrupt();
    assertEquals("busy?", lock.ask(() -> "never", "busy?"), "a question is given up");
    assertTrue(Thread.interrupted());
  }

  @Test
  void nothingIsDoneWhileAThreadOfThatKindHoldsIt() {
    List<String> done = new ArrayList<>();
    Thread own = Thread.currentThread();
    lock.use(() -> lock.unlessHeldBy(holder -> holder == own, () -> done.add("held")));
    lock.use(() -> lock.unlessHeldBy(holder -> holder != own, () -> done.add("held by another")));
    lock.unlessHeldBy(holder -> true, () -> done.add("free"));
    assertEquals(List.of("held by another", "free"), done);
  }

  /** An interrupt closes the jar that a compiler reads: without the lock's care, for good. */
  @Test
  void aCompilationOnAnInterruptedThreadLeavesTheSessionWhole() throws CellError {
    try (TestCells cells = new TestCells()) {
      Table none = Table.create("none");
      Thread.currentThread().interrupt();
      cells.session.declare("empty", Table.class, none);
      assertTrue(Thread.interrupted(), "the interrupt is not lost");
      assertEquals("none", cells.value("empty.name()"));
      assertEquals("a", cells.value("tech.tablesaw.api.IntColumn.create(\"a\").name()"));
    }
  }
}
