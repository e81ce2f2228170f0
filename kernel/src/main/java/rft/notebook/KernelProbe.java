package rft.notebook;

import java.io.IOException;
import java.util.Optional;
import rft.command.CommandException;
import rft.command.Finding;
import rft.command.Probe;

/** Looks whether Jupyter knows our kernel; what that kernel does, {@link KernelDoctor} checks. */
public final class KernelProbe implements Probe {
  private static final String SUBJECT = "Java kernel";
  private static final String INSTALL = "rft kernel install";

  private final JupyterFolders folders;

  /** Looks where Jupyter looks for the user of this process. */
  public KernelProbe() {
    this(JupyterFolders.ofProcess());
  }

  KernelProbe(JupyterFolders folders) {
    this.folders = folders;
  }

  @Override
  public Finding look() {
    try {
      Optional<KernelSpec> installed = folders.find(KernelPlace.DEFAULT_NAME);
      return installed
          .map(spec -> new Finding(SUBJECT, Finding.Status.OK, spec.folder().toString(), ""))
          .orElseGet(
              () ->
                  new Finding(
                      SUBJECT,
                      Finding.Status.WARN,
                      "not installed; only Jupyter's own programs need it",
                      INSTALL));
    } catch (IOException | CommandException e) {
      return new Finding(SUBJECT, Finding.Status.WARN, String.valueOf(e.getMessage()), INSTALL);
    }
  }
}
