package rft.command;

import java.io.IOException;
import rft.run.RunFolder;
import rft.run.RunHome;

/** The disk did not take what a training wrote; the message says how to go on. */
final class UnwritableRunException extends IOException {
  private static final long serialVersionUID = 1L;

  /** A run that has begun can go on. */
  UnwritableRunException(RunFolder folder, IOException cause) {
    super(
        "run "
            + folder.id()
            + " could not be written ("
            + reason(cause)
            + "); what it saved before is whole: make room on the disk of "
            + folder.path()
            + ", then rft train --resume "
            + folder.id(),
        cause);
  }

  /** A run that could not begin is gone. */
  UnwritableRunException(RunHome home, IOException cause) {
    super(
        "no run could be made in "
            + home.root()
            + " ("
            + reason(cause)
            + "): make room there, or name another folder in RFT_HOME",
        cause);
  }

  /** Returns what the system said. */
  private static String reason(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }
}
