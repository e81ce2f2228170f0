package rft.job;

import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rft.run.CheckpointStore;
import rft.run.RunControl;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunLock;
import rft.run.RunReader;
import rft.run.RunStatus;
import rft.web.Routes;

/** What can be asked of a run, whoever started it. */
record RunActions(JobQueue queue, JobSight sight, JobPlan plan, RunHome home) implements Routes {
  private static final int LINES = 8;

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.post(
        "/api/runs/{run}/pause", context -> ask(context, RunControl.Command.PAUSE, Job.Wish.PAUSE));
    routes.post(
        "/api/runs/{run}/stop", context -> ask(context, RunControl.Command.STOP, Job.Wish.CANCEL));
    routes.post("/api/runs/{run}/resume", this::resume);
    routes.post("/api/runs/{run}/fork", this::fork);
  }

  private RunFolder folder(Context context) throws IOException {
    return home.open(context.pathParam("run"));
  }

  private void ask(Context context, RunControl.Command command, Job.Wish wish) throws IOException {
    RunFolder folder = folder(context);
    if (RunLock.livePid(folder).isEmpty()) {
      throw new ConflictResponse(
          "run " + folder.id() + " is " + status(folder) + ": no trainer works on it");
    }
    new RunControl(folder).request(command);
    Optional<Job> job = queue.ofRun(folder.id());
    if (job.isPresent()) {
      queue.keep(job.get().asking(wish));
    }
    context.json(Map.of("run", folder.id(), "asked", command.jsonName()));
  }

  private static String status(RunFolder folder) throws IOException {
    try (RunReader reader = RunReader.open(folder)) {
      return reader.status().jsonName();
    }
  }

  private void resume(Context context) throws IOException {
    RunFolder folder = folder(context);
    RunHeader header;
    try (RunReader reader = RunReader.open(folder)) {
      RunStatus status = reader.status();
      if (status == RunStatus.RUNNING || RunLock.livePid(folder).isPresent()) {
        throw new ConflictResponse("run " + folder.id() + " is being trained already");
      }
      if (status == RunStatus.FINISHED) {
        throw new ConflictResponse(
            "run " + folder.id() + " is finished; fork it with more steps to train it further");
      }
      header = reader.header();
    }
    Optional<Job> job = queue.ofRun(folder.id());
    if (job.isPresent() && (job.get().waiting() || sight.state(job.get()).isActive())) {
      throw new ConflictResponse("run " + folder.id() + " waits in the queue already");
    }
    Job resumed = queue.add(job.isPresent() ? job.get() : plan.resume(header));
    context.json(sight.of(resumed, LINES));
  }

  private void fork(Context context) throws IOException {
    RunFolder folder = folder(context);
    JobPlan.ForkRequest asked = context.bodyAsClass(JobPlan.ForkRequest.class);
    List<Integer> steps = new CheckpointStore(folder).steps();
    if (!steps.contains(asked.step())) {
      throw new NotFoundResponse(
          "run "
              + folder.id()
              + " has no checkpoint of step "
              + asked.step()
              + ", only of "
              + steps);
    }
    RunHeader header;
    try (RunReader reader = RunReader.open(folder)) {
      header = reader.header();
    }
    context.status(HttpStatus.CREATED).json(sight.of(queue.add(plan.fork(header, asked)), LINES));
  }
}
