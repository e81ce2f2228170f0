package rft.magic;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rft.cell.CellError;
import rft.command.ExitCode;
import rft.command.Result;
import rft.command.Train;
import rft.command.TrainedRun;
import rft.command.Verb;
import rft.display.MagicForm;
import rft.display.NotebookProgress;
import rft.display.Views;

/** Runs the verb that a magic stands for, in the foreground or as a job. */
final class VerbRun {
  private final MagicCall call;
  private final FoundMagic found;
  private final Verb<?> verb;
  private final @Nullable String as;

  /**
   * @param as the name that the result gets; null for none
   */
  VerbRun(MagicCall call, FoundMagic found, Verb<?> verb, @Nullable String as) {
    this.call = call;
    this.found = found;
    this.verb = verb;
    this.as = as;
  }

  /** Returns the result once it is there. */
  Result inForeground() throws Exception {
    NotebookState state = call.state();
    Result result;
    Foreground.Running running = state.foreground().begin(call.stop(), found.isLong());
    try {
      result = run(call.stop(), state::trained);
    } catch (Throwable e) {
      if (call.stop().isRequested()) {
        throw interrupted("%s was stopped before it had a result".formatted(found.title()));
      }
      throw explained(e);
    } finally {
      running.close();
    }
    if (as != null) {
      state.bind(as, result.named());
    }
    if (call.stop().isRequested()) {
      call.output().display(Views.bundle(result));
      throw interrupted(whereItStands(result));
    }
    if (isFailure(result)) {
      call.output().display(Views.bundle(result));
      throw problem(result);
    }
    return result;
  }

  /** Returns a job that goes on when the cell has ended. */
  Job inBackground() {
    NotebookState state = call.state();
    return state
        .jobs()
        .start(
            found.title(),
            as,
            call.output(),
            job -> {
              Result result = run(job.stopToken(), run -> begins(job, run));
              if (as != null) {
                state.bindLater(as, result.named());
              }
              if (isFailure(result)) {
                call.output().display(Views.bundle(result));
                throw problem(result);
              }
              return Optional.of(result);
            },
            thrown -> error(thrown));
  }

  private void begins(Job job, String run) {
    call.state().trained(run);
    job.trains(run);
    if (as != null) {
      call.state().bindLater(as, new rft.command.Run(run));
    }
  }

  private Result run(StopToken stop, java.util.function.Consumer<String> runs) throws Exception {
    try (NotebookProgress shown = new NotebookProgress(call.output(), stop::isRequested)) {
      return verb.heard(new VerbProgress(shown, stop, runs));
    }
  }

  /** Returns whether there is a result and the cell fails all the same. */
  private static boolean isFailure(Result result) {
    return result.problem().isPresent() && result.exitCode() != ExitCode.OK;
  }

  private static MagicException interrupted(String sentence) {
    return MagicException.withoutPlace("Interrupted", sentence);
  }

  private static String whereItStands(Result result) {
    if (result instanceof Train.Report report && !report.runs().isEmpty()) {
      TrainedRun run = report.runs().get(report.runs().size() - 1);
      return run.exitCode() == ExitCode.INTERRUPTED
          ? "run %s is saved at step %d; go on with %%train --resume %s"
              .formatted(run.id(), run.steps(), run.id())
          : "run %s had ended already at step %d".formatted(run.id(), run.steps());
    }
    return "stopped; what was done so far is shown above";
  }

  private MagicException problem(Result result) {
    String sentence = MagicForm.of(result.problem().orElse(""));
    boolean diverged = result.exitCode() == ExitCode.DIVERGED && result instanceof Train.Report;
    String name = diverged ? "Diverged" : "Failed";
    return MagicException.at(call.magic(), name, sentence);
  }

  private Exception explained(Throwable thrown) {
    if (thrown instanceof MagicException known) {
      return known;
    }
    if (thrown instanceof ThreadDeath death) {
      throw death;
    }
    Optional<MagicException> mistake = VerbFailure.of(thrown, call.tokens(), place());
    return mistake.isPresent()
        ? withCause(mistake.get(), thrown)
        : call.state().java().failure(thrown);
  }

  private static MagicException withCause(MagicException mistake, Throwable cause) {
    if (mistake.getCause() == null) {
      mistake.initCause(cause);
    }
    return mistake;
  }

  private CellError error(Throwable thrown) {
    Exception explained = explained(thrown);
    return explained instanceof MagicException known
        ? known.inCell(call.cell())
        : call.state().java().failure(explained);
  }

  private Token place() {
    Part.Magic magic = call.magic();
    int start = magic.nameStart() - (magic.isCellMagic() ? 2 : 1);
    return new Token(magic.title(), start, magic.nameStart() + magic.name().length(), false);
  }
}
