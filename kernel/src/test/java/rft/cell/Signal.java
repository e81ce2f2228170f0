package rft.cell;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What code of a test's cell tells the test; public because cells call it. */
public final class Signal {
  private static volatile CountDownLatch began = new CountDownLatch(1);

  private Signal() {}

  /** Called by the cell. */
  public static void began() {
    began.countDown();
  }

  static void expect() {
    began = new CountDownLatch(1);
  }

  static void await() throws InterruptedException {
    if (!began.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the cell did not begin");
    }
  }
}
