package rft.live;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rft.command.StepSight;
import rft.run.DamagedRunException;
import rft.run.RolloutRow;
import rft.run.RunHome;
import rft.run.RunReader;
import rft.web.Routes;

/**
 * What a page reads of rollouts. {@code weights} is {@code part:1,length:0.2}, each name as in an
 * address: rewards, order and advantages are then those of these weights.
 *
 * <ul>
 *   <li>{@code GET /api/runs/ID/steps}: a {@link RolloutSteps};
 *   <li>{@code GET /api/runs/ID/groups?step=20&weights=}: a {@link GroupList};
 *   <li>{@code GET /api/runs/ID/group?step=20&position=3&weights=}: a {@link GroupPage};
 *   <li>{@code GET /api/runs/ID/standings?step=20&position=3&weights=}: its numbers only;
 *   <li>{@code GET /api/runs/ID/tokens?step=20&position=3&rollout=1}: a {@link TokenColumns};
 *   <li>{@code GET /api/runs/ID/search?q=&place=&outcome=&min=&max=&cursor=}: a {@link
 *       RolloutSearch.Found};
 *   <li>{@code GET /api/runs/ID/task?task=ID&pick=best&cursor=}: a {@link TaskHistory}.
 * </ul>
 */
public final class RolloutRoutes implements Routes {
  private static final String STEP = "step";
  private static final String POSITION = "position";

  private final RunHome home;
  private final RecentSteps recent = new RecentSteps();
  private final References references = new References();
  private final Decoders decoders = new Decoders();

  /** Shows the rollouts of a home's runs. */
  public RolloutRoutes(RunHome home) {
    this.home = home;
  }

  /** Reads from an open run what an address asks for. */
  private interface Answer {
    Object of(RunReader reader, Context context) throws IOException;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.get("/api/runs/{id}/steps", answering((reader, context) -> RolloutSteps.of(reader)));
    routes.get("/api/runs/{id}/groups", answering(this::groups));
    routes.get("/api/runs/{id}/group", answering(this::group));
    routes.get("/api/runs/{id}/standings", answering(this::standings));
    routes.get("/api/runs/{id}/tokens", answering(this::tokens));
    routes.get("/api/runs/{id}/search", answering(RolloutRoutes::search));
    routes.get("/api/runs/{id}/task", answering(RolloutRoutes::task));
  }

  private Handler answering(Answer answer) {
    return context -> {
      try (RunReader reader = RunReader.open(home.open(context.pathParam("id")))) {
        context.json(answer.of(reader, context));
      }
    };
  }

  private GroupList groups(RunReader reader, Context context) throws IOException {
    int step = step(context);
    List<RolloutRow> rows = reader.rolloutIndex(step);
    if (rows.isEmpty()) {
      throw new NotFoundResponse("the run has no rollouts of step " + step);
    }
    try {
      return GroupList.of(
          weighed(reader, context, step), references.of(reader.header()), reader.header());
    } catch (DamagedRunException e) {
      return GroupList.damaged(step, rows, String.valueOf(e.getMessage()));
    }
  }

  private GroupPage group(RunReader reader, Context context) throws IOException {
    StepSight step = weighed(reader, context, step(context));
    return GroupPage.of(step, place(step, context), references.of(reader.header()));
  }

  private Standings standings(RunReader reader, Context context) throws IOException {
    StepSight step = weighed(reader, context, step(context));
    return Standings.of(step, place(step, context));
  }

  private TokenColumns tokens(RunReader reader, Context context) throws IOException {
    StepSight step = recent.step(reader, step(context));
    int place = place(step, context);
    Decoders.Source decoder = decoders.of(reader.header());
    int index = RunsApi.number(context, "rollout", 0, 0, Integer.MAX_VALUE);
    return step.rollouts(place).stream()
        .filter(rollout -> rollout.index() == index)
        .findFirst()
        .map(rollout -> TokenColumns.of(rollout, decoder))
        .orElseThrow(() -> new NotFoundResponse("the group has no rollout " + index));
  }

  private static RolloutSearch.Found search(RunReader reader, Context context) throws IOException {
    return RolloutSearch.of(context).in(reader, context.queryParam("cursor"));
  }

  private static TaskHistory task(RunReader reader, Context context) throws IOException {
    @Nullable String task = context.queryParam("task");
    if (task == null || task.isEmpty()) {
      throw new BadRequestResponse("task must name a task");
    }
    @Nullable String pick = context.queryParam("pick");
    int from = RunsApi.number(context, "cursor", 0, 0, Integer.MAX_VALUE);
    return TaskHistory.of(reader, task, TaskHistory.Pick.named(pick), from);
  }

  private StepSight weighed(RunReader reader, Context context, int number) throws IOException {
    StepSight step = recent.step(reader, number);
    Map<String, Double> weights = WeightList.parse(context.queryParam("weights"));
    return weights.isEmpty() ? step : step.weighted(weights);
  }

  private static int step(Context context) {
    int step = RunsApi.number(context, STEP, -1, 0, Integer.MAX_VALUE);
    if (step < 0) {
      throw new BadRequestResponse("step must name a step");
    }
    return step;
  }

  /** Returns the place of the group whose position an address names. */
  private static int place(StepSight step, Context context) {
    int position = RunsApi.number(context, POSITION, 0, 0, Integer.MAX_VALUE);
    for (int place = 0; place < step.count(); place++) {
      if (step.rollouts(place).get(0).position() == position) {
        return place;
      }
    }
    throw new NotFoundResponse("step " + step.step() + " has no group at position " + position);
  }
}
