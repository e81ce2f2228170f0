package rft.command;

import java.io.IOException;
import rft.sandbox.NoSandboxException;
import rft.sandbox.PythonInterpreter;
import rft.sandbox.Sandbox;
import rft.sandbox.Sandboxes;

/** Looks for a sandbox by trying in it what it must refuse, and for the Python that runs in it. */
public final class SandboxProbe implements Probe {
  private static final String SUBJECT = "Sandbox";
  private static final String PURPOSE =
      "; rewards in Python and rewards that run a model's code need one";

  /** For the service loader. */
  public SandboxProbe() {}

  @Override
  public Finding look() {
    try {
      Sandbox sandbox = Sandboxes.standard();
      if (Sandboxes.isUnsafe(sandbox)) {
        return Finding.warn(
            SUBJECT,
            "none, and " + Sandboxes.UNSAFE_VARIABLE + "=1: foreign code has all your rights",
            "get a sandbox: see docs/sandbox.md");
      }
      return Finding.ok(
          SUBJECT,
          sandbox.name()
              + ": no network, no files of yours, no rights, as tried; "
              + python(sandbox));
    } catch (NoSandboxException e) {
      return Finding.warn(SUBJECT, e.problem() + PURPOSE, e.fix());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.warn(SUBJECT, "not looked at: interrupted", "run rft doctor again");
    }
  }

  private static String python(Sandbox sandbox) throws InterruptedException {
    try {
      PythonInterpreter python = PythonInterpreter.in(sandbox);
      String passedOver =
          python.passedOver().isEmpty()
              ? ""
              : ", because " + String.join(", ", python.passedOver());
      return "Python " + python.version() + " in " + python.program() + passedOver;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
