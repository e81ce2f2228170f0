package rft.live;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rft.command.CommandException;
import rft.command.ExitCode;
import rft.run.DamagedRunException;
import rft.run.NoSuchRunException;
import rft.run.RunHome;
import rft.web.ErrorReply;
import rft.web.Routes;

/**
 * What every address of the workbench answers for a run that does not exist, one that cannot be
 * read, and an order that cannot be carried out.
 */
public final class Refusals implements Routes {
  private static final String ADDRESSES = "/api/runs/";
  private static final int DAMAGED = 422;

  private final RunHome home;

  public Refusals(RunHome home) {
    this.home = home;
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routes) {
    routes.exception(
        NoSuchRunException.class, (e, context) -> send(context, HttpStatus.NOT_FOUND, e));
    routes.exception(
        CommandException.class,
        (e, context) ->
            send(
                context,
                e.exitCode() == ExitCode.NOT_FOUND ? HttpStatus.NOT_FOUND : HttpStatus.BAD_REQUEST,
                e));
    routes.exception(IOException.class, (e, context) -> unreadable(context, e));
  }

  private static void send(Context context, HttpStatus status, Exception e) {
    ErrorReply.send(context, status, String.valueOf(e.getMessage()));
  }

  /** Answers for a run that could not be read: it may have been deleted while it was. */
  private void unreadable(Context context, IOException e) {
    Optional<String> gone = gone(context);
    if (gone.isPresent()) {
      ErrorReply.send(context, HttpStatus.NOT_FOUND, gone.get());
    } else if (e instanceof DamagedRunException) {
      ErrorReply.send(context, DAMAGED, "damaged", String.valueOf(e.getMessage()));
    } else {
      ErrorReply.fail(context, e);
    }
  }

  private Optional<String> gone(Context context) {
    List<String> asked = new ArrayList<>(RunsApi.names(context, "runs"));
    if (context.path().startsWith(ADDRESSES)) {
      asked.add(context.path().substring(ADDRESSES.length()).split("/", 2)[0]);
    }
    try {
      for (String id : asked) {
        home.open(id);
      }
      return Optional.empty();
    } catch (NoSuchRunException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
