package rft;

import java.util.ArrayList;
import java.util.List;
import rft.command.Model;
import rft.command.Run;
import rft.command.SampleRollouts;
import rft.command.Workspace;
import rft.dataset.Dataset;
import rft.reward.RewardUnit;

/** The names by which a verb finds the objects of one call, for as long as it runs. */
final class LentNames implements AutoCloseable {
  private final List<String> lent = new ArrayList<>();

  /** Returns a value as an option takes it: a name for an object, else its text. */
  String of(Object value) {
    if (value instanceof Dataset dataset) {
      return lend(dataset.name().replaceFirst("\\.jsonl$", ""), dataset);
    }
    if (value instanceof RewardUnit unit) {
      return lend(unit.name(), unit);
    }
    if (value instanceof Model model) {
      return lend(String.valueOf(model.folder().getFileName()), model);
    }
    if (value instanceof SampleRollouts.Report report) {
      return lend("rollouts", report);
    }
    return value instanceof Run run ? run.id() : value.toString();
  }

  private String lend(String wish, Object value) {
    String name = Workspace.current().lend(wish, value);
    lent.add(name);
    return name;
  }

  @Override
  public void close() {
    lent.forEach(Workspace.current()::giveBack);
  }
}
