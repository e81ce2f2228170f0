package rft.workbench;

import java.util.List;
import rft.command.VerbProvider;
import rft.command.Verbs;

/** The verbs about the workbench. */
public final class WorkbenchVerbs implements VerbProvider {
  @Override
  public List<Verbs.Entry> verbs() {
    return List.of(
        new Verbs.Entry("Start", OpenWorkbench.class), new Verbs.Entry("Start", Demo.class));
  }
}
