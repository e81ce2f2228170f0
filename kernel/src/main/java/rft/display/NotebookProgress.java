package rft.display;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import rft.command.Progress;
import rft.command.Result;
import rft.run.RunFolder;
import rft.run.RunHome;
import rft.run.RunReader;

/**
 * Shows in a cell how far a verb is: one display that is updated a few times a second, with charts
 * while a run is trained. {@link #close} leaves the final picture, which says how it ended.
 */
public final class NotebookProgress implements Progress, AutoCloseable {
  private static final int MOST_SENTENCES = 50;

  private final CellOutput output;
  private final BooleanSupplier stop;
  private final RunHome home;
  private final String displayId = "rft-" + UUID.randomUUID();
  private final Pace pace = new Pace(this::draw);
  private final Object screen = new Object();

  private final List<String> sentences = new ArrayList<>();
  private final List<LiveRun> runs = new ArrayList<>();
  private final ProgressLine line = new ProgressLine();
  private @Nullable Result found;
  private boolean isShown;
  private boolean ended;

  /**
   * Shows nothing before there is something to show.
   *
   * @param output the cell's
   * @param stop whether the verb shall end early
   */
  public NotebookProgress(CellOutput output, BooleanSupplier stop) {
    this(output, stop, RunHome.standard());
  }

  NotebookProgress(CellOutput output, BooleanSupplier stop, RunHome home) {
    this.output = output;
    this.stop = stop;
    this.home = home;
  }

  @Override
  public boolean stopRequested() {
    return stop.getAsBoolean();
  }

  @Override
  public void report(Update update) {
    synchronized (this) {
      line.update(update);
    }
    pace.ask();
  }

  @Override
  public void say(String sentence) {
    synchronized (this) {
      sentences.add(sentence);
      if (sentences.size() > MOST_SENTENCES) {
        sentences.remove(0);
      }
    }
    pace.ask();
  }

  @Override
  public void runStarted(String run, int steps) {
    synchronized (this) {
      runs.add(new LiveRun(run, steps));
    }
    pace.ask();
  }

  @Override
  public void stepFinished(Step step) {
    synchronized (this) {
      LiveRun run = currentRun();
      if (run == null || !run.id().equals(step.run())) {
        run = new LiveRun(step.run(), step.steps());
        runs.add(run);
      }
      run.add(step);
    }
    pace.ask();
  }

  @Override
  public void soFar(Result result) {
    synchronized (this) {
      found = result;
    }
    pace.ask();
  }

  private @Nullable LiveRun currentRun() {
    return runs.isEmpty() ? null : runs.get(runs.size() - 1);
  }

  private void draw() {
    synchronized (screen) {
      if (!ended) {
        send(live());
      }
    }
  }

  private synchronized Shown live() {
    LiveRun run = currentRun();
    Page page = new Page();
    if (runs.size() > 1) {
      page.note("run " + runs.size() + "; before it " + before());
    }
    page.add(run == null ? line.shown(true) : run.shown(line.readings()));
    sentences.forEach(page::note);
    // The whole of it follows as the cell's result.
    return (found == null ? page : page.add(ProductView.of(found))).shown();
  }

  private String before() {
    return String.join(
        ", ", runs.subList(0, runs.size() - 1).stream().map(LiveRun::summary).toList());
  }

  private void send(Shown shown) {
    DisplayData bundle = Views.bundle(shown);
    bundle.setDisplayId(displayId);
    if (isShown) {
      output.update(bundle);
    } else {
      output.display(bundle);
      isShown = true;
    }
  }

  /** Leaves the final picture; what is told later is not shown. */
  @Override
  public void close() {
    pace.close();
    synchronized (screen) {
      if (!ended) {
        ended = true;
        Shown last = last();
        if (isShown || !last.text().isEmpty()) {
          send(last);
        }
      }
    }
  }

  private synchronized Shown last() {
    Page page = new Page();
    if (runs.isEmpty()) {
      page.add(line.shown(false));
    } else if (runs.size() == 1) {
      page.add(stored(runs.get(0)));
    } else {
      page.add(SeveralRuns.of(home, runs.stream().map(LiveRun::id).toList()));
    }
    sentences.forEach(page::note);
    return page.shown();
  }

  /** Returns the run as its store has it, which knows how it ended. */
  private Shown stored(LiveRun run) {
    try {
      RunFolder folder = home.open(run.id());
      try (RunReader reader = RunReader.open(folder)) {
        return RunChart.of(reader).shown();
      }
    } catch (IOException | RuntimeException e) {
      return run.lost(Brief.problem(e));
    }
  }
}
