package rft.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.run.RunReader;

/** Looks at rollouts closely: the groups of a step, or the same draws of two checkpoints. */
@Command(
    name = "inspect",
    description = "Look at rollouts token by token, or at two steps.",
    footer = {
      "  rft inspect addition-20261124-213012-3f2a --step 20 --worst",
      "  rft inspect addition-20261124-213012-3f2a --diff 0,50"
    })
public final class Inspect implements Verb<Inspection> {
  private static final String DIFF = "diff";

  @Parameters(
      arity = "0..3",
      paramLabel = "RUN[@STEP]",
      completionCandidates = Names.Runs.class,
      description = "A run; or diff and two checkpoints, RUN@A RUN@B.")
  private List<String> places = new ArrayList<>();

  @Option(
      names = "--rollouts",
      paramLabel = "NAME",
      completionCandidates = Names.Rollouts.class,
      description = "Named rollouts in place of a run.")
  private @Nullable String rollouts;

  @Option(names = "--step", paramLabel = "N", description = "The step (default: the last).")
  private @Nullable Integer step;

  @Option(names = "--task", paramLabel = "ID", description = "The group of this task.")
  private @Nullable String task;

  @ArgGroup private Which which = new Which();

  @Option(
      names = "--groups",
      paramLabel = "N",
      description = "Groups to show (default ${DEFAULT-VALUE}).")
  private int groups = 1;

  @Option(
      names = "--weights",
      paramLabel = "PART=W",
      split = ",",
      description = "Other weights of the reward's parts: rewards, order and advantages anew.")
  private Map<String, Double> weights = new LinkedHashMap<>();

  @Option(
      names = "--colour",
      paramLabel = "C",
      completionCandidates = Names.Colours.class,
      description =
          "Of tokens: push, advantage, log-prob, entropy or kl (default push; kl in a diff).")
  private @Nullable String colour;

  @Option(
      names = "--diff",
      paramLabel = "A,B",
      split = ",",
      arity = "1",
      description = "Two steps with checkpoints: the same tasks and draws side by side.")
  private List<Integer> diff = new ArrayList<>();

  @Option(
      names = "--samples",
      paramLabel = "K",
      description = "Answers per task of a diff (default ${DEFAULT-VALUE}).")
  private int samples = 4;

  /** Which groups of the step; at most one of the three. */
  static final class Which {
    @Option(names = "--worst", description = "Groups of lowest mean reward.")
    boolean worst;

    @Option(names = "--best", description = "Groups of highest mean reward.")
    boolean best;

    @Option(names = "--spread", description = "Groups of largest spread (the default).")
    boolean spread;

    GroupChoice choice() {
      return worst ? GroupChoice.WORST : best ? GroupChoice.BEST : GroupChoice.SPREAD;
    }
  }

  /** For picocli, which sets the options. */
  public Inspect() {}

  @Override
  public Inspection run(Progress progress) throws IOException {
    if (groups < 1 || samples < 1) {
      throw new IllegalArgumentException(
          "--groups (" + groups + ") and --samples (" + samples + ") must be at least 1");
    }
    List<String> named = new ArrayList<>(places);
    boolean asksDiff = !named.isEmpty() && named.get(0).equals(DIFF);
    if (asksDiff) {
      named.remove(0);
    }
    if (asksDiff || !diff.isEmpty() || named.size() > 1) {
      List<RunCheckpoint> sides = sides(named);
      return new CheckpointDiff(sides.get(0), sides.get(1))
          .run(new CheckpointDiff.Wish(task, groups, samples, colour(TokenColour.KL)), progress);
    }
    if (rollouts != null) {
      return NamedRollouts.of(rollouts).inspect(wish());
    }
    if (named.size() != 1) {
      throw new CommandException(
          ExitCode.USAGE, "say what to inspect: a run's id (rft runs list), or --rollouts NAME");
    }
    RunCheckpoint place = RunCheckpoint.parse(named.get(0));
    if (step == null) {
      step = place.step();
    }
    try (RunReader reader = new Run(place.run()).reader()) {
      return new RunGroups(reader.header(), wish()).read(reader);
    }
  }

  private RunGroups.Wish wish() {
    return new RunGroups.Wish(
        step, task, which.choice(), groups, weights, colour(TokenColour.PUSH));
  }

  private TokenColour colour(TokenColour otherwise) {
    return colour == null ? otherwise : TokenColour.named(colour);
  }

  private List<RunCheckpoint> sides(List<String> named) throws IOException {
    List<RunCheckpoint> sides = new ArrayList<>();
    for (String place : named) {
      RunCheckpoint checkpoint = RunCheckpoint.parse(place);
      if (diff.isEmpty()) {
        sides.add(checkpoint);
      } else {
        diff.forEach(at -> sides.add(new RunCheckpoint(checkpoint.run(), at)));
      }
    }
    if (sides.size() != 2) {
      throw new CommandException(
          ExitCode.USAGE,
          "a diff has two sides: give a run and --diff A,B, or two checkpoints RUN@A RUN@B");
    }
    return sides;
  }
}
