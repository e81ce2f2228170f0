package rft.magic;

import java.util.function.Consumer;
import rft.command.Progress;
import rft.command.Result;
import rft.display.MagicForm;

/** What a running verb talks to in a notebook: its display, and whoever may stop it. */
final class VerbProgress implements Progress {
  private final Progress shown;
  private final StopToken stop;
  private final Consumer<String> runs;

  /**
   * @param shown draws what the verb tells
   * @param runs hears the id of every run that begins
   */
  VerbProgress(Progress shown, StopToken stop, Consumer<String> runs) {
    this.shown = shown;
    this.stop = stop;
    this.runs = runs;
  }

  @Override
  public void report(Update update) {
    shown.report(update);
  }

  @Override
  public void say(String sentence) {
    shown.say(MagicForm.of(sentence.replace("Ctrl-C", "an interrupt")));
  }

  @Override
  public boolean stopRequested() {
    return stop.isRequested() || shown.stopRequested();
  }

  @Override
  public void runStarted(String run, int steps) {
    runs.accept(run);
    shown.runStarted(run, steps);
  }

  @Override
  public void stepFinished(Step step) {
    shown.stepFinished(step);
  }

  @Override
  public void soFar(Result result) {
    shown.soFar(result);
  }
}
