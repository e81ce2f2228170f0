package rft.sandbox;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Assumptions;

/** The sandbox of this machine. Without one a test is skipped, unless RFT_REQUIRE_PYTHON=1. */
final class Isolation {
  private Isolation() {}

  /** Returns it, or skips the test. */
  static Sandbox required() throws InterruptedException {
    try {
      return Sandboxes.standard();
    } catch (NoSandboxException e) {
      if (System.getenv().getOrDefault("RFT_REQUIRE_PYTHON", "").equals("1")) {
        fail(e);
      }
      Assumptions.abort(e.getMessage());
      throw new AssertionError(e);
    }
  }
}
