package rft.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.memory.FreeMemory;
import rft.pull.ModelStore;
import rft.run.NumberText;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunStatus;
import rft.run.RunSummary;

/**
 * Removes a model from the user's store: what was pulled is deleted, of what lies elsewhere only
 * the name goes. A model that runs were trained from is kept unless one insists.
 */
@Command(
    name = "model remove",
    description = "Remove a pulled model, or the name of one elsewhere.",
    footer = "  rft model remove my-model")
public final class ModelRemove implements Verb<ModelRemove.Removed> {
  private static final int MOST_NAMED = 5;

  @Parameters(
      arity = "1",
      paramLabel = "NAME",
      completionCandidates = Names.OwnModels.class,
      description = "As rft model list calls it.")
  private String name = "";

  @Option(
      names = "--force",
      description = "Even if runs were trained from it, which then cannot be resumed or asked.")
  private boolean force;

  /** For picocli, which sets the options. */
  public ModelRemove() {}

  /**
   * What was removed.
   *
   * @param name of the model
   * @param place the folder that was deleted, or the link to what is still there
   * @param freedBytes on this disk; 0 if only a name went
   * @param runs that were trained from it
   */
  public record Removed(String name, String place, long freedBytes, List<String> runs)
      implements Result {
    public Removed {
      runs = List.copyOf(runs);
    }

    @Override
    public Optional<String> text() {
      return Optional.of(
          freedBytes == 0
              ? name + " is no name of a model any more; its files are where they were."
              : name + " is removed; " + FreeMemory.text(freedBytes) + " are free.");
    }
  }

  @Override
  public Removed run(Progress progress) throws IOException {
    Installation installation = Installation.current();
    ModelStore store = installation.models().store();
    if (!store.names().contains(name)) {
      throw new CommandException(ExitCode.NOT_FOUND, unknown(installation, store));
    }
    List<RunSummary> users = users(installation, store.folder(name));
    users.stream()
        .filter(run -> run.status() == RunStatus.RUNNING)
        .findFirst()
        .ifPresent(
            run -> {
              throw new CommandException(
                  ExitCode.FAILED,
                  "the run %s is training from %s now: wait, or stop it with rft runs stop %s"
                      .formatted(run.id(), name, run.id()));
            });
    List<String> runs = users.stream().map(RunSummary::id).toList();
    if (!runs.isEmpty() && !force) {
      throw new CommandException(ExitCode.FAILED, needed(runs));
    }
    String place = store.folder(name).toString();
    return new Removed(name, place, store.remove(name), runs);
  }

  private String unknown(Installation installation, ModelStore store) throws IOException {
    if (installation.bundledModels().contains(name)) {
      return name + " came with the product and stays";
    }
    List<String> names = store.names();
    return "there is no model "
        + name
        + (names.isEmpty()
            ? ": none was pulled or named"
            : "; known are " + String.join(", ", names));
  }

  private String needed(List<String> runs) {
    String named = String.join(", ", runs.subList(0, Math.min(MOST_NAMED, runs.size())));
    return "%s trained from %s (%s%s) and could not be resumed or asked without it; give --force to remove it all the same"
        .formatted(
            NumberText.counted(runs.size(), "run") + (runs.size() == 1 ? " was" : " were"),
            name,
            named,
            runs.size() > MOST_NAMED ? ", .." : "");
  }

  /** Returns the runs that name this place as their base model. */
  private static List<RunSummary> users(Installation installation, Path model) throws IOException {
    List<RunSummary> users = new ArrayList<>();
    for (RunSummary run : RunHome.standard().list()) {
      RunHeader header = run.header();
      if (header != null
          && installation.baseOf(header).toAbsolutePath().normalize().equals(model)) {
        users.add(run);
      }
    }
    return users;
  }
}
