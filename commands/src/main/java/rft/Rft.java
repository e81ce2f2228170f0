package rft;

import java.io.IOException;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.command.Installation;
import rft.command.Model;
import rft.command.Progress;
import rft.command.Result;
import rft.command.Run;
import rft.command.Verb;
import rft.command.Verbs;
import rft.dataset.Dataset;
import rft.dataset.NearestName;
import rft.dataset.Task;
import rft.policy.Devices;
import rft.reward.RewardCompiler;
import rft.reward.RewardUnit;
import rft.run.RunHome;

/**
 * Everything that the shell and the magics do, as Java. A noun is made or found by {@link
 * #dataset}, {@link #reward}, {@link #model} and {@link #run}; a verb takes its options one by one
 * and is run at the end:
 *
 * <pre>{@code
 * var len = Rft.reward("len", "return completion.length() < 20;");
 * var run = Rft.train().data("addition").reward(len).steps(20).run().lastRun();
 * Rft.compare().run(run).data("addition").run();
 * }</pre>
 */
public final class Rft {
  private static volatile Supplier<Progress> progress = () -> Progress.SILENT;

  private Rft() {}

  /**
   * Names whom every call tells how far it is, unless it names another; a notebook does so once.
   */
  public static void progress(Supplier<Progress> listeners) {
    progress = listeners;
  }

  static Progress listener() {
    return progress.get();
  }

  /**
   * Returns a dataset with at least one usable row.
   *
   * @param nameOrFile a named dataset, a sample dataset's name, or a .jsonl file
   * @throws CommandException if there is none of these, naming the nearest
   */
  public static Dataset dataset(String nameOrFile) throws IOException {
    return Installation.current().dataset(nameOrFile);
  }

  /**
   * Returns a dataset made of tasks.
   *
   * @throws IllegalArgumentException if a task breaks a rule of dataset files, naming it
   */
  public static Dataset dataset(String name, List<Task> tasks) {
    return Dataset.of(name, tasks);
  }

  /**
   * Returns a model, not yet in memory.
   *
   * @param name a bundled model, a folder, or {@code RUN[@STEP]}
   * @throws CommandException if there is none of these, naming the nearest
   */
  public static Model model(String name) throws IOException {
    return Model.named(name);
  }

  /**
   * Returns a reward.
   *
   * @param nameOrFile a ready reward, a .java file, or a reward's jar
   * @throws CommandException if there is none of these, naming the nearest
   */
  public static RewardUnit reward(String nameOrFile) throws IOException {
    return Installation.current().reward(nameOrFile);
  }

  /**
   * Returns a reward compiled from its source, in any of the forms of {@link RewardCompiler}.
   *
   * @throws rft.reward.RewardCompileException if it does not compile, naming every problem
   */
  public static RewardUnit reward(String name, String source) {
    return new RewardCompiler().compile(name, source);
  }

  /** Returns every run, newest first. */
  public static List<Run> runs() throws IOException {
    return RunHome.standard().ids().stream().map(Run::new).toList();
  }

  /**
   * Returns a run.
   *
   * @param id of the run, or its name in this process
   * @throws IOException if there is none, naming the nearest
   */
  public static Run run(String id) throws IOException {
    return Run.named(id);
  }

  /** Returns how many GPUs the engine sees: 0 without its CUDA build. */
  public static int gpus() {
    return Devices.gpus();
  }

  /**
   * Returns how much of a GPU's memory is in use, by anyone.
   *
   * @param device {@code cuda:N}
   * @throws IllegalArgumentException if it is no GPU, or the machine lacks it
   */
  public static MemoryUsage memory(String device) {
    return Devices.memory(device);
  }

  /** Trains a model against a reward. */
  public static TrainCall train() {
    return new TrainCall();
  }

  /** Measures a model. */
  public static EvaluateCall evaluate() {
    return new EvaluateCall();
  }

  /** Samples completions of some tasks, with their rewards. */
  public static RolloutCall rollout() {
    return new RolloutCall();
  }

  /** Puts a base model and a tuned one side by side. */
  public static CompareCall compare() {
    return new CompareCall();
  }

  /** Talks to a model. */
  public static ChatCall chat() {
    return new ChatCall();
  }

  /** Deploys what a run made, for any client of OpenAI's protocol. */
  public static DeployCall deploy() {
    return new DeployCall();
  }

  /** Looks at the rollouts of a run, token by token. */
  public static InspectCall inspect() {
    return new InspectCall();
  }

  /** Scores references and stored rollouts with a reward. */
  public static ScoreCall score() {
    return new ScoreCall();
  }

  /** Replays the good and bad examples of a reward, or adds one. */
  public static RewardTestCall test() {
    return new RewardTestCall();
  }

  /** Says before training whether a reward is sound and has a signal. */
  public static CardCall card() {
    return new CardCall();
  }

  /** Has one answer judged by a model, and keeps what was said. */
  public static AskCall ask() {
    return new AskCall();
  }

  /** Says how far a judge can be trusted. */
  public static CheckCall check() {
    return new CheckCall();
  }

  /** Attacks a reward with wrong answers, and says which it pays. */
  public static ProbeCall probe() {
    return new ProbeCall();
  }

  /** Lets the machine try to hack a reward. */
  public static BreakCall breakReward() {
    return new BreakCall();
  }

  /** Says what changes from one reward to another on stored answers. */
  public static DiffCall diff() {
    return new DiffCall();
  }

  /** Runs a grader on answers, as the service does. */
  public static GradeCall grade() {
    return new GradeCall();
  }

  /** Writes a run's metrics or rollouts for other tools. */
  public static ExportCall export() {
    return new ExportCall();
  }

  /** Writes a reward as a Lambda function, as a jar, or as its source. */
  public static RewardExportCall exportReward() {
    return new RewardExportCall();
  }

  /** Lets a reward answer Bedrock's Lambda events until it is interrupted. */
  public static RewardServeCall serveReward() {
    return new RewardServeCall();
  }

  /**
   * Returns the result of any verb.
   *
   * @param verb for example {@code data split}
   * @param arguments as in the shell; any may be an object in place of its name
   * @throws CommandException if there is no such verb, naming the nearest, or it cannot be done
   */
  public static Result call(String verb, Object... arguments)
      throws IOException, InterruptedException {
    try (LentNames names = new LentNames()) {
      Verb<?> made = verb(verb);
      Call.parse(made, Stream.of(arguments).map(names::of).toList());
      return made.run(listener());
    }
  }

  /** Returns a new instance of a verb. */
  static Verb<?> verb(String name) {
    List<String> names = Verbs.all().stream().map(Verbs.Entry::name).toList();
    Verbs.Entry entry =
        Verbs.named(name)
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.USAGE, "unknown verb " + name + NearestName.hint(name, names)));
    try {
      return entry.type().getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(entry.type() + " has no public constructor", e);
    }
  }
}
