package rft.magic;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import rft.cell.CellError;
import rft.command.Names;
import rft.command.RewardTry;
import rft.command.Run;
import rft.command.RunsReward;
import rft.command.SampleRollouts;
import rft.dataset.Dataset;
import rft.display.NotebookProgress;
import rft.python.PythonLanguage;
import rft.reward.CompileProblem;
import rft.reward.RewardCompileException;
import rft.reward.RewardCompiler;
import rft.reward.RewardLanguage;
import rft.reward.RewardUnit;
import rft.run.RunReader;
import rft.template.RewardTemplates;

/** Makes a reward of the Java or Python below and scores something with it at once. */
@Command(
    name = "reward",
    description = "Make a reward of the code below, and score sample rows with it at once.",
    footer = {"  %%%%reward exact", "  return completion.strip().equals(answer);"})
final class RewardMagic implements CellCommand {
  /** What every body can use. */
  static final String PARAMETERS =
      "String completion, String answer, String prompt, Task task, Completion rollout";

  private static final List<String> SUBJECTS = List.of("--data", "--run", "--rollouts");
  static final String PYTHON = "--python";
  private static final String SEND = "--send";
  private static final String NAME = "NAME";
  private static final String PYTHON_STARTER =
      "def reward(completion, answer, prompt):\n    return completion.strip() == answer\n";
  private static final String SAMPLE = "addition";
  private static final int MOST_PROBLEMS = 5;

  @Parameters(
      arity = "0..1",
      index = "0",
      paramLabel = NAME,
      description = "What the reward is called.")
  private String name = "";

  @Option(
      names = PYTHON,
      description = "The code is Python: lambda_handler, grade or reward, in the sandbox.")
  private boolean isPython;

  @Option(
      names = SEND,
      paramLabel = "RUN",
      completionCandidates = Names.Runs.class,
      description = "Send it to this run, too: it counts from the next step on.")
  private @Nullable String send;

  /** Declares what may be scored and how; what runs is a fresh one. */
  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Mixin
  private RewardTry options = new RewardTry();

  @Spec private @Nullable CommandSpec spec;

  RewardMagic() {}

  /** The verb's own first argument is a reward that exists. */
  @Override
  public void trim(CommandSpec own) {
    List.copyOf(own.positionalParameters()).stream()
        .filter(argument -> !argument.paramLabel().equals(NAME))
        .forEach(own::remove);
  }

  @Override
  public Optional<Object> run(MagicCall call) throws Exception {
    if (call.isEmpty(name)) {
      String head = MagicCall.nameOrExample(name) + "\n";
      return Optional.of(
          new DisplayData(
              isPython
                  ? "%%reward --python " + head + PYTHON_STARTER
                  : "%%reward " + head + RewardTemplates.STARTER));
    }
    RewardUnit unit = isPython ? python(call) : compile(call);
    call.state().bind(name, unit);
    if (send != null) {
      System.out.println(RunsReward.send(Run.named(send), unit).text().orElse(""));
    }
    return Optional.of(call.magic().target() == null ? tried(call) : unit);
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

  private RewardUnit python(MagicCall call) throws CellError {
    try {
      return RewardUnit.of(RewardLanguage.named(PythonLanguage.NAME), name, call.body());
    } catch (RewardCompileException e) {
      throw problems(call, e.problems());
    }
  }

  /** Returns every problem with the cell's own line and a caret. */
  private CellError problems(MagicCall call, List<CompileProblem> problems) {
    CellText cell = call.cell();
    int bodyLine = cell.line(call.magic().bodyStart());
    List<String> lines = new ArrayList<>();
    String first = ofNotebook(call, problems.get(0));
    for (CompileProblem problem : problems.subList(0, Math.min(MOST_PROBLEMS, problems.size()))) {
      int line = bodyLine + (int) problem.line() - 1;
      int start = cell.startOfLine(line) + (int) problem.column() - 1;
      lines.add(
          MagicException.heading(
              "CompileError",
              "line " + line + ", column " + problem.column() + ": " + ofNotebook(call, problem)));
      lines.addAll(MagicException.pointer(cell, start, start + 1));
    }
    if (problems.size() > MOST_PROBLEMS) {
      lines.add("and " + (problems.size() - MOST_PROBLEMS) + " more");
    }
    return new CellError("CompileError", "reward " + name + ": " + first, lines);
  }

  /** Returns the message, or a better one where what is missing is a variable of the notebook. */
  private static String ofNotebook(MagicCall call, CompileProblem problem) {
    return call.state().java().variables().stream()
        .map(variable -> variable.name())
        .filter(variable -> problem.message().startsWith("unknown variable " + variable + ";"))
        .findFirst()
        .map(
            variable ->
                variable
                    + " is a variable of the notebook: a reward sees none, because it also runs"
                    + " elsewhere; write its value into the reward")
        .orElse(problem.message());
  }

  /** Returns how the reward scores what it was asked to, or what is at hand. */
  private RewardTry.Report tried(MagicCall call) throws IOException {
    ParseResult given = Objects.requireNonNull(spec).commandLine().getParseResult();
    List<String> arguments = new ArrayList<>(given.originalArgs());
    arguments.remove(PYTHON);
    if (send != null) {
      arguments.remove(SEND);
      arguments.remove(send);
      arguments.remove(SEND + "=" + send);
    }
    boolean saysWhat = SUBJECTS.stream().anyMatch(given::hasMatchedOption);
    if (!saysWhat) {
      arguments.addAll(atHand(call));
    }
    RewardTry trial = new RewardTry();
    new CommandLine(trial).setExpandAtFiles(false).parseArgs(arguments.toArray(String[]::new));
    try (NotebookProgress shown = new NotebookProgress(call.output(), call.stop()::isRequested)) {
      return trial.run(new VerbProgress(shown, call.stop(), id -> {}));
    }
  }

  /** Returns what this notebook worked with last: a run, rollouts or a dataset. */
  private static List<String> atHand(MagicCall call) {
    Optional<String> run = call.state().lastRun().filter(RewardMagic::hasRollouts);
    if (run.isPresent()) {
      return List.of("--run", run.get());
    }
    List<String> rollouts = call.state().workspace().names(SampleRollouts.Report.class);
    if (!rollouts.isEmpty()) {
      return List.of("--rollouts", rollouts.get(rollouts.size() - 1));
    }
    List<String> data = call.state().workspace().names(Dataset.class);
    return List.of("--data", data.isEmpty() ? SAMPLE : data.get(data.size() - 1));
  }

  private static boolean hasRollouts(String id) {
    try (RunReader reader = new Run(id).reader()) {
      return !reader.rolloutSteps().isEmpty();
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
