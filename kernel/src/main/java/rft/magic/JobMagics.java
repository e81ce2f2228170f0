package rft.magic;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import rft.command.Progress;
import rft.command.Run;
import rft.command.Verb;
import rft.command.Verbs;
import rft.dataset.NearestName;
import rft.display.Views;

/** What is asked of jobs in the background. */
final class JobMagics {
  private JobMagics() {}

  /** A job at a glance. */
  record Row(String job, String magic, String run, String state, String time) {
    static Row of(Job job) {
      long seconds = job.time().toSeconds();
      return new Row(
          job.name(),
          job.title(),
          job.run().orElse(""),
          job.state(),
          seconds / 60 + ":" + "%02d".formatted(seconds % 60));
    }
  }

  private static Optional<Job> find(MagicCall call, String name) {
    Optional<Object> named = call.state().workspace().get(name);
    String run = named.isPresent() && named.get() instanceof Run handle ? handle.id() : name;
    return call.state().jobs().find(run);
  }

  private static MagicException unknown(MagicCall call, String name) {
    List<String> names = call.state().jobs().all().stream().map(Job::name).toList();
    return call.wrong(
        name,
        "UnknownJob",
        "no job and no run \""
            + name
            + "\""
            + NearestName.hint(name, names)
            + " (%jobs lists all)");
  }

  /** Lists the jobs of this notebook. */
  @Command(name = "jobs", description = "List what runs in the background.", footer = "  %jobs")
  static final class All implements CellCommand {
    All() {}

    @Override
    public Optional<Object> run(MagicCall call) {
      List<Row> rows = call.state().jobs().all().stream().map(Row::of).toList();
      return Optional.of(rows.isEmpty() ? "nothing was started in the background" : rows);
    }
  }

  /** Waits for a job. */
  @Command(
      name = "wait",
      description = "Wait until a job has ended; an interrupt ends the waiting, not the job.",
      footer = "  %wait job1")
  static final class Wait implements CellCommand {
    @Parameters(arity = "1", paramLabel = "JOB", description = "A job, or the run it trains.")
    private String name = "";

    Wait() {}

    @Override
    public Optional<Object> run(MagicCall call) throws InterruptedException {
      Job job = find(call, name).orElseThrow(() -> unknown(call, name));
      job.await();
      call.state().declarePending();
      if (job.state().startsWith("failed")) {
        throw call.wrong(name, "JobFailed", job.name() + " " + job.state());
      }
      return job.result();
    }
  }

  /** Ends a job, or a run that another process trains. */
  @Command(
      name = "stop",
      description = "Ask a job or a run to save its work and end.",
      footer = "  %stop job1")
  static final class Stop implements CellCommand {
    @Parameters(arity = "1", paramLabel = "JOB", description = "A job, or a run.")
    private String name = "";

    Stop() {}

    @Override
    public Optional<Object> run(MagicCall call) throws Exception {
      Optional<Job> job = find(call, name);
      if (job.isPresent()) {
        if (!job.get().isRunning()) {
          return Optional.of(job.get().name() + " has ended: " + job.get().state());
        }
        job.get().stop();
        return Optional.of(job.get().name() + " saves its work and ends");
      }
      Verb<?> verb = Verbs.named("runs stop").orElseThrow().type().getConstructor().newInstance();
      new picocli.CommandLine(verb).parseArgs(name);
      try {
        return Optional.of(Views.bundle(verb.run(Progress.SILENT)));
      } catch (rft.run.NoSuchRunException e) {
        throw unknown(call, name);
      }
    }
  }
}
