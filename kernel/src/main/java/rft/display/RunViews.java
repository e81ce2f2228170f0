package rft.display;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rft.command.RunsExport;
import rft.command.RunsList;
import rft.command.RunsShow;
import rft.command.Spread;
import rft.command.Sweep;
import rft.command.Train;
import rft.command.TrainedRun;
import rft.loop.Trainer;
import rft.run.NumberText;
import rft.run.RunEvent;
import rft.run.RunHeader;
import rft.run.RunStatus;

/** Shows runs, and what the verbs about them return. */
final class RunViews {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

  private RunViews() {}

  static Shown status(RunStatus status) {
    Tone tone =
        switch (status) {
          case RUNNING, FINISHED -> Tone.GOOD;
          case PAUSED, STOPPED -> Tone.WARNING;
          case FAILED, DIVERGED, CRASHED, DAMAGED -> Tone.BAD;
        };
    return tone.word(status.jsonName());
  }

  static Shown list(RunsList.Runs runs) {
    if (runs.runs().isEmpty()) {
      return new Page().say("no runs in " + runs.home() + " yet").shown();
    }
    Sheet sheet =
        new Sheet("run", "began", "status", "method", "step", "reward", "validation", "problem");
    for (RunsList.Row run : runs.runs()) {
      sheet.row(
          run.id(),
          TIME.format(run.created()),
          status(run.status()),
          run.method(),
          run.steps() == 0 ? "" : run.step() + " of " + run.steps(),
          run.reward(),
          run.validation(),
          run.problem());
    }
    return sheet.shown();
  }

  static Shown header(RunHeader header) {
    return new Page()
        .heading(header.id(), "began " + TIME.format(header.created()))
        .add(about(header))
        .folded("Every option", new Page().block(header.toJson()).shown())
        .shown();
  }

  private static Sheet about(RunHeader header) {
    var inputs = header.options().inputs();
    Sheet sheet =
        new Sheet()
            .row("method", header.options().method().jsonName())
            .row("model", inputs.model())
            .row("dataset", inputs.dataset() + " " + header.dataset().tasks())
            .row("reward", header.rewardNames())
            .row("seed", String.valueOf(header.options().seed()))
            .row("steps", String.valueOf(header.options().loop().steps()));
    if (header.forkedFrom() != null) {
      sheet.row("forked from", header.forkedFrom());
    }
    return sheet;
  }

  static Shown page(RunsShow.Page shown) {
    RunHeader header = shown.header();
    int steps = header.options().loop().steps();
    Page page = new Page();
    if (shown.rollouts().isEmpty()) {
      Shown state = status(shown.status());
      String where = " at step " + shown.lastStep() + " of " + steps;
      Course course = new Course(header.id(), steps, shown.metrics());
      page.add(
          RunChart.last(course, new Shown(state.html() + where, state.text() + where)).shown());
      page.add(about(header)).add(checkpoints(shown));
      shown.events().stream()
          .filter(event -> event.kind() == RunEvent.Kind.ALARM)
          .forEach(event -> page.trouble("step " + event.step() + ": " + event.detail()));
      if (!shown.failed().isEmpty()) {
        page.trouble("failed rewards: " + shown.failed() + " (--failures shows them)");
      }
      page.add(events(shown.events()));
    } else {
      int step = shown.rollouts().get(0).step();
      page.heading(header.id(), "rollouts of step " + step)
          .add(RolloutViews.stored(shown.rollouts()));
    }
    return page.shown();
  }

  private static Shown checkpoints(RunsShow.Page shown) {
    Integer best = shown.bestCheckpoint();
    return new Page()
        .note("checkpoints " + shown.checkpoints() + (best == null ? "" : ", best " + best))
        .shown();
  }

  private static Shown events(List<RunEvent> events) {
    Sheet sheet = new Sheet("time", "step", "event", "");
    for (RunEvent event : events) {
      String kind = event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      sheet.row(TIME.format(event.at()), event.step(), kind, event.detail());
    }
    return new Page().folded("Events", sheet.shown()).shown();
  }

  static Shown exported(RunsExport.Written written) {
    Page page = new Page();
    for (RunsExport.WrittenFile file : written.files()) {
      page.say(NumberText.counted(file.rows(), "row") + " written to " + file.file());
      file.problems().forEach(problem -> page.trouble("left out: " + problem));
    }
    return page.shown();
  }

  static Shown trained(Train.Report report) {
    Page page = new Page();
    Sweep sweep = report.sweep();
    if (sweep != null) {
      page.heading("sweep of " + String.join(", ", sweep.options()), "").add(sweep(sweep));
    } else if (report.runs().size() > 1) {
      page.add(seeds(report.runs()));
    } else {
      report.runs().forEach(run -> page.add(trained(run)));
    }
    Spread spread = report.spread();
    if (spread != null) {
      page.say(
          "best validation accuracy over %s: %s, std %s, from %s to %s"
              .formatted(
                  NumberText.counted(report.runs().size(), "seed"),
                  NumberText.of(spread.mean(), "share"),
                  NumberText.of(spread.std(), "share"),
                  NumberText.of(spread.lowest(), "share"),
                  NumberText.of(spread.highest(), "share")));
    }
    report.problem().ifPresent(page::trouble);
    return page.shown();
  }

  static Sheet sweep(Sweep sweep) {
    List<String> headings = new ArrayList<>(sweep.options());
    headings.addAll(List.of("seed", "ending", "steps", "accuracy", "best", "of step", "run"));
    Sheet sheet = new Sheet(headings.toArray(String[]::new));
    for (Sweep.Row row : sweep.rows()) {
      List<@Nullable Object> cells = new ArrayList<>();
      sweep.options().forEach(option -> cells.add(row.values().getOrDefault(option, "")));
      cells.add(row.seed());
      cells.add(name(row.ending()));
      cells.add(row.steps());
      cells.add(row.finalAccuracy());
      cells.add(row.bestAccuracy());
      cells.add(row.bestStep());
      cells.add(row.run());
      sheet.row(cells.toArray());
    }
    return sheet;
  }

  private static Sheet seeds(List<TrainedRun> runs) {
    Sheet sheet = new Sheet("run", "seed", "ending", "steps", "before", "best", "of step", "time");
    for (TrainedRun run : runs) {
      sheet.row(
          run.id(),
          run.seed(),
          name(run.ending()),
          run.steps(),
          run.validationBefore(),
          run.validationBest(),
          run.bestStep(),
          RunChart.seconds(run.trainSeconds()));
    }
    return sheet;
  }

  private static String name(Trainer.Ending ending) {
    return ending.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Shown trained(TrainedRun run) {
    Page page =
        new Page().heading(run.id(), "seed " + run.seed() + ", " + MagicForm.of(run.reason()));
    Double before = run.validationBefore();
    Double best = run.validationBest();
    if (before != null && best != null) {
      page.say(
          "validation accuracy %s before, %s at its best (step %d)"
              .formatted(
                  NumberText.of(before, "share"), NumberText.of(best, "share"), run.bestStep()));
    }
    return page.note(RunChart.seconds(run.trainSeconds()) + "; " + run.folder())
        .note("next: " + MagicForm.of(run.next()))
        .shown();
  }
}
