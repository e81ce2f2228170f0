package rft.job;

import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rft.command.Installation;
import rft.command.TrainForm;
import rft.live.RunLog;
import rft.run.ChildProcess;
import rft.run.RunControl;
import rft.run.RunEvent;
import rft.run.RunFolder;
import rft.run.RunHome;
import rft.run.RunInUseException;
import rft.run.RunReader;
import rft.run.RunStatus;
import rft.run.RunWriter;
import rft.web.RouteMark;
import rft.web.Routes;

/**
 * The addresses of jobs and of what one needs for a new one: {@code /api/jobs}, {@code
 * /api/options}, {@code /api/models}, {@code /api/datasets}, {@code /api/rewards}, {@code
 * /api/checks}, and what can be asked of a run. Close it to end the queue; trainings go on.
 */
public final class JobRoutes implements Routes, RunLog, AutoCloseable {
  private static final int LINES_IN_LIST = 8;
  private static final int LINES = 200;

  private final JobQueue queue;
  private final JobSight sight;
  private final JobPlan plan;
  private final RunHome home;
  private final Checks checks;
  private final DatasetRoutes datasets;

  /**
   * Opens the queue of a home and goes on with it.
   *
   * @param home of jobs and runs
   * @throws IOException if the folder of jobs cannot be used
   */
  public JobRoutes(RunHome home) throws IOException {
    this.home = home;
    this.queue = new JobQueue(home);
    this.sight = new JobSight(queue, home);
    Library library = new Library(Installation.current(), home.root());
    this.plan = new JobPlan(library);
    this.checks = new Checks(home.root().resolve("checks"), home.root());
    this.datasets = new DatasetRoutes(library);
  }

  /** Returns the log of the job that trained the run last; none for a run that was no job. */
  @Override
  public List<String> tail(RunFolder folder, int lines) {
    try {
      Optional<Job> job = queue.ofRun(folder.id());
      Optional<ChildProcess> child =
          job.isPresent() ? queue.files().child(job.get()) : Optional.empty();
      return child.isPresent() ? child.get().lastLines(lines) : List.of();
    } catch (IOException e) {
      return List.of("its log cannot be read: " + e.getMessage());
    }
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/api/options", context -> context.json(Map.of("options", TrainForm.fields())));
    routes.post("/api/options/check", this::check, RouteMark.QUIET);
    routes.get("/api/jobs", this::list);
    routes.post("/api/jobs", this::add);
    routes.get("/api/jobs/{job}", context -> context.json(sight.of(job(context), LINES)));
    routes.post("/api/jobs/{job}/pause", context -> ask(context, Job.Wish.PAUSE));
    routes.post("/api/jobs/{job}/cancel", context -> ask(context, Job.Wish.CANCEL));
    routes.post("/api/jobs/{job}/kill", this::kill);
    routes.post("/api/jobs/{job}/resume", this::resume);
    routes.post("/api/jobs/{job}/move", this::move);
    routes.delete("/api/jobs/{job}", this::remove);
    routes.get("/api/models", this::models);
    new RunActions(queue, sight, plan, home).addTo(routes);
    datasets.addTo(routes);
    new RewardRoutes(plan.library()).addTo(routes);
    new CheckRoutes(checks, plan).addTo(routes);
  }

  private void models(Context context) throws IOException {
    Set<String> bundled = Set.copyOf(plan.library().installation().bundledModels());
    context.json(
        Map.of(
            "models",
            plan.library().models().keySet().stream()
                .map(name -> Map.of("name", name, "bundled", bundled.contains(name)))
                .toList()));
  }

  private record Listed(List<JobView> jobs) {}

  private void list(Context context) throws IOException {
    context.json(new Listed(sight.of(queue.all(), LINES_IN_LIST)));
  }

  /**
   * What options would make.
   *
   * @param command for a shell; null while something is wrong
   * @param magic for a notebook; null while something is wrong
   */
  private record Checked(
      List<TrainForm.Problem> problems, @Nullable String command, @Nullable String magic) {}

  private void check(Context context) throws IOException {
    JobRequest asked = context.bodyAsClass(JobRequest.class);
    List<TrainForm.Problem> problems = plan.problems(asked.given());
    boolean whole = asked.model() != null && asked.data() != null && asked.reward() != null;
    if (!problems.isEmpty() || !whole) {
      context.json(new Checked(problems, null, null));
      return;
    }
    context.json(new Checked(problems, plan.train(asked).command(), plan.magic(asked)));
  }

  private void add(Context context) throws IOException {
    Job job = queue.add(plan.train(context.bodyAsClass(JobRequest.class)));
    context.status(HttpStatus.CREATED).json(sight.of(job, LINES_IN_LIST));
  }

  private Job job(Context context) {
    String id = context.pathParam("job");
    return queue.find(id).orElseThrow(() -> new NotFoundResponse("there is no job " + id));
  }

  private void answer(Context context, String id) throws IOException {
    Optional<Job> job = queue.find(id);
    if (job.isPresent()) {
      context.json(sight.of(job.get(), LINES_IN_LIST));
    }
  }

  private void ask(Context context, Job.Wish wish) throws IOException {
    Job job = job(context);
    JobState state = sight.state(job);
    if (state == JobState.QUEUED && wish == Job.Wish.CANCEL) {
      queue.keep(job.withdrawn());
    } else if (state == JobState.RUNNING && job.run() != null) {
      new RunControl(home.open(job.run()))
          .request(wish == Job.Wish.PAUSE ? RunControl.Command.PAUSE : RunControl.Command.STOP);
      queue.keep(job.asking(wish));
    } else if (state == JobState.VALIDATING && wish == Job.Wish.CANCEL) {
      queue.keep(job.asking(wish));
      end(job);
    } else {
      throw new ConflictResponse("job " + job.id() + " is " + state.jsonName());
    }
    answer(context, job.id());
  }

  private void kill(Context context) throws IOException {
    Job job = job(context);
    if (!sight.state(job).isActive()) {
      throw new ConflictResponse("job " + job.id() + " does not run");
    }
    queue.keep(job.asking(Job.Wish.CANCEL));
    end(job);
    noteKilled(job);
    answer(context, job.id());
  }

  /** A run whose trainer was killed on request has not crashed. */
  private void noteKilled(Job job) throws IOException {
    if (job.run() == null) {
      return;
    }
    RunFolder folder = home.open(job.run());
    int step;
    try (RunReader reader = RunReader.open(folder)) {
      if (reader.status() != RunStatus.CRASHED) {
        return;
      }
      step = reader.lastStep();
    }
    try (RunWriter writer = RunWriter.resume(folder)) {
      writer.event(RunEvent.Kind.STOPPED, step, "its process was killed on request");
    } catch (RunInUseException e) {
      // Another trainer goes on with it.
    }
  }

  private void end(Job job) throws IOException {
    Optional<ChildProcess> child = queue.files().child(job);
    if (child.isPresent()) {
      try {
        child.get().stop(Duration.ZERO);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void resume(Context context) throws IOException {
    Job job = job(context);
    JobState state = sight.state(job);
    if (state.isActive() || state == JobState.QUEUED || state == JobState.SUCCEEDED) {
      throw new ConflictResponse("job " + job.id() + " is " + state.jsonName());
    }
    queue.add(job);
    answer(context, job.id());
  }

  /**
   * @param before a waiting job's id; null for the end of the queue
   */
  private record Move(@Nullable String before) {}

  private void move(Context context) throws IOException {
    Job job = job(context);
    if (!job.waiting()) {
      throw new ConflictResponse("job " + job.id() + " does not wait in the queue");
    }
    queue.move(job, context.bodyAsClass(Move.class).before());
    list(context);
  }

  private void remove(Context context) throws IOException {
    Job job = job(context);
    JobState state = sight.state(job);
    if (state.isActive() || state == JobState.QUEUED) {
      throw new ConflictResponse(
          "job " + job.id() + " is " + state.jsonName() + ": cancel it first");
    }
    queue.remove(job);
    context.status(HttpStatus.NO_CONTENT);
  }

  @Override
  public void close() throws IOException {
    checks.close();
    queue.close();
  }
}
