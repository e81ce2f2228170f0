package rft.live;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import rft.run.RunHome;
import rft.web.Routes;

/**
 * What a user does to runs as a whole:
 *
 * <ul>
 *   <li>{@code POST /api/runs/ID/tags {"tags":["a","b"]}}: marks it with these and no others;
 *       answers {@code {"tags":["a","b"]}};
 *   <li>{@code DELETE /api/runs/ID}: into the trash; answers {@code {"id":..,"until":..}}, the
 *       instant until which it can be restored; 409 while it is trained;
 *   <li>{@code GET /api/trash}: {@code {"runs":[..]}}, a {@link RunTrash.Trashed} for each;
 *   <li>{@code POST /api/runs/ID/restore}: out of the trash; answers {@code {"id":..}}.
 * </ul>
 */
final class RunMarks implements Routes {
  private static final int MOST_TAGS = 20;
  private static final int MOST_CHARACTERS = 40;

  record Wanted(List<String> tags) {
    Wanted {
      tags = List.copyOf(tags);
    }
  }

  private final RunHome home;
  private final WorkbenchStore store;
  private final RunTrash trash;
  private final RunList list;

  RunMarks(RunHome home, WorkbenchStore store, RunTrash trash, RunList list) {
    this.home = home;
    this.store = store;
    this.trash = trash;
    this.list = list;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.post("/api/runs/{id}/tags", this::tag);
    routes.delete("/api/runs/{id}", this::delete);
    routes.get("/api/trash", context -> context.json(Map.of("runs", trash.list())));
    routes.post("/api/runs/{id}/restore", this::restore);
  }

  private void tag(Context context) throws IOException {
    String id = context.pathParam("id");
    home.open(id);
    List<String> tags =
        context.bodyAsClass(Wanted.class).tags().stream().map(String::strip).toList();
    if (tags.size() > MOST_TAGS) {
      throw new BadRequestResponse("a run has at most " + MOST_TAGS + " tags");
    }
    for (String tag : tags) {
      boolean fits = !tag.isEmpty() && tag.length() <= MOST_CHARACTERS;
      if (!fits || tag.contains(",") || !tag.codePoints().allMatch(RunMarks::isVisible)) {
        throw new BadRequestResponse(
            "a tag has 1 to " + MOST_CHARACTERS + " visible characters and no comma");
      }
    }
    List<String> set = store.setTags(id, tags);
    list.invalidate();
    context.json(Map.of("tags", set));
  }

  private static boolean isVisible(int character) {
    int type = Character.getType(character);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.PRIVATE_USE
        && type != Character.UNASSIGNED
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }

  private void delete(Context context) throws IOException {
    String id = context.pathParam("id");
    try {
      Instant until = trash.put(home.open(id));
      context.json(Map.of("id", id, "until", until.toString()));
    } catch (IllegalStateException e) {
      throw new ConflictResponse(String.valueOf(e.getMessage()));
    } finally {
      list.invalidate();
    }
  }

  private void restore(Context context) throws IOException {
    String id = context.pathParam("id");
    if (!trash.has(id)) {
      throw new NotFoundResponse("there is no such run in the trash");
    }
    try {
      trash.restore(id);
    } catch (IllegalStateException e) {
      throw new ConflictResponse(String.valueOf(e.getMessage()));
    } finally {
      list.invalidate();
    }
    context.json(Map.of("id", id));
  }
}
