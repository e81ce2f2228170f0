package rft.notebook;

import java.util.List;
import rft.command.VerbProvider;
import rft.command.Verbs;
import rft.kernel.KernelRun;

/** The verbs about notebooks and kernels. */
public final class NotebookVerbs implements VerbProvider {
  private static final String HEADING = "Notebooks";

  @Override
  public List<Verbs.Entry> verbs() {
    return List.of(
        new Verbs.Entry(HEADING, Lab.class),
        new Verbs.Entry(HEADING, Prepare.class),
        new Verbs.Entry(HEADING, NotebookRun.class),
        new Verbs.Entry(HEADING, KernelInstall.class),
        new Verbs.Entry(HEADING, KernelUninstall.class),
        new Verbs.Entry(HEADING, KernelDoctor.class),
        new Verbs.Entry(HEADING, KernelRun.class));
  }
}
