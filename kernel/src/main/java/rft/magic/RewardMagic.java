package rft.magic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rft.cell.CellError;
import rft.command.Names;
import rft.command.Result;
import rft.command.Verb;
import rft.command.Verbs;
import rft.display.NotebookProgress;
import rft.reward.CompileProblem;
import rft.reward.RewardCompileException;
import rft.reward.RewardCompiler;
import rft.reward.RewardUnit;

/** Makes a reward of the Java below and scores something with it at once. */
@Command(
    name = "reward",
    description = "Make a reward of the Java below, and score sample rows with it at once.",
    footer = {"  %%%%reward exact", "  return completion.strip().equals(answer);"})
final class RewardMagic implements CellCommand {
  /** What every body can use. */
  static final String PARAMETERS =
      "String completion, String answer, String prompt, Task task, Completion rollout";

  private static final String TRY = "reward try";
  private static final int MOST_PROBLEMS = 5;

  @Parameters(arity = "1", paramLabel = "NAME", description = "What the reward is called.")
  private String name = "";

  @Option(
      names = "--weights",
      paramLabel = "PART=W,..",
      description = "Weights of the named parts, for example correct=1,length=0.2.")
  private @Nullable String weights;

  @Option(
      names = "--data",
      paramLabel = "D",
      completionCandidates = Names.Datasets.class,
      description = "Score the references of this dataset.")
  private @Nullable String data;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      completionCandidates = Names.Runs.class,
      description = "Score stored rollouts of this run (default: the last of this notebook).")
  private @Nullable String run;

  @Option(
      names = "--rollouts",
      paramLabel = "R",
      completionCandidates = Names.Rollouts.class,
      description = "Score these rollouts.")
  private @Nullable String rollouts;

  @Option(names = "--limit", paramLabel = "N", description = "How many to score.")
  private @Nullable Integer limit;

  RewardMagic() {}

  @Override
  public Optional<Object> run(MagicCall call) throws Exception {
    MagicRunner.checkName(call, name);
    if (!call.hasBody()) {
      return Optional.of(new DisplayData(template()));
    }
    RewardUnit unit = compile(call);
    call.state().bind(name, unit);
    return Optional.of(tried(call).map(result -> (Object) result).orElse(unit));
  }

  private String template() {
    return "%%reward "
        + name
        + """

        // In scope: completion and answer (texts), prompt (text), task, rollout (the Completion).
        // Return a number, a boolean or a Verdict.
        double correct = completion.strip().equals(answer) ? 1 : 0;
        double brief = completion.length() < 40 ? 0.1 : 0;
        return correct + brief;
        """;
  }

  private RewardUnit compile(MagicCall call) throws CellError {
    RewardCompiler compiler = new RewardCompiler();
    try {
      return compiler.compile(name, call.body());
    } catch (RewardCompileException alone) {
      List<Path> jars = call.state().jars();
      if (jars.isEmpty()) {
        throw problems(call, alone.problems());
      }
      // Jars of the notebook become part of a reward only where it needs them.
      try {
        return compiler.compile(name, call.body(), jars);
      } catch (RewardCompileException e) {
        throw problems(call, e.problems());
      }
    }
  }

  /** Returns every problem with the cell's own line and a caret. */
  private CellError problems(MagicCall call, List<CompileProblem> problems) {
    CellText cell = call.cell();
    int bodyLine = cell.line(call.magic().bodyStart());
    List<String> lines = new ArrayList<>();
    String first = problems.get(0).message();
    for (CompileProblem problem : problems.subList(0, Math.min(MOST_PROBLEMS, problems.size()))) {
      int line = bodyLine + (int) problem.line() - 1;
      int start = cell.startOfLine(line) + (int) problem.column() - 1;
      String hint = captured(call, problem.message());
      lines.add(
          MagicException.heading(
              "CompileError",
              "line " + line + ", column " + problem.column() + ": " + problem.message() + hint));
      lines.addAll(MagicException.pointer(cell, start, start + 1));
    }
    if (problems.size() > MOST_PROBLEMS) {
      lines.add("and " + (problems.size() - MOST_PROBLEMS) + " more");
    }
    return new CellError("CompileError", "reward " + name + ": " + first, lines);
  }

  /** Says so when what is missing is a variable of the notebook. */
  private static String captured(MagicCall call, String message) {
    return call.state().java().variables().stream()
        .map(variable -> variable.name())
        .filter(variable -> message.matches("(?s).*\\bvariable " + variable + "\\b.*"))
        .findFirst()
        .map(
            variable ->
                "; "
                    + variable
                    + " is a variable of the notebook: a reward sees none, because it also runs"
                    + " elsewhere. Write its value into the reward")
        .orElse("");
  }

  /** Returns how the reward scores what it was asked to, or what is at hand. */
  private Optional<Result> tried(MagicCall call) throws Exception {
    Optional<Verbs.Entry> entry = Verbs.named(TRY);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    Verb<?> verb = entry.get().type().getConstructor().newInstance();
    CommandLine parser = new CommandLine(verb);
    List<String> arguments = new ArrayList<>(List.of(name));
    options(call)
        .forEach(
            (option, value) -> {
              if (value != null && parser.getCommandSpec().findOption(option) != null) {
                arguments.addAll(List.of(option, value));
              }
            });
    parser.parseArgs(arguments.toArray(String[]::new));
    try (NotebookProgress shown =
        new NotebookProgress(call.output(), call.stop()::isRequested)) {
      return Optional.of(verb.run(new VerbProgress(shown, call.stop(), id -> {})));
    }
  }

  private Map<String, @Nullable String> options(MagicCall call) {
    Map<String, @Nullable String> options = new LinkedHashMap<>();
    boolean given = data != null || run != null || rollouts != null;
    options.put("--weights", weights);
    options.put("--data", data);
    options.put("--run", run != null || given ? run : call.state().lastRun().orElse(null));
    options.put("--rollouts", rollouts);
    options.put("--limit", limit == null ? null : limit.toString());
    return options;
  }
}
