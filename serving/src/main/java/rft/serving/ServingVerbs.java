package rft.serving;

import java.util.List;
import rft.command.VerbProvider;
import rft.command.Verbs;

/** The verb that serves a model. */
public final class ServingVerbs implements VerbProvider {
  @Override
  public List<Verbs.Entry> verbs() {
    return List.of(new Verbs.Entry("Serve", Serve.class));
  }
}
