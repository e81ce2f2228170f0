package rft.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import rft.command.Progress;
import rft.run.ProgressLine;

/** Writes progress on standard error for the program that started this one, a line of JSON each. */
final class LinesProgress implements Progress {
  private static final long EVERY_NANOS = 250_000_000;

  private final Terminal terminal;
  private final Interruption interruption;
  private String activity = "";
  private long lastLine = System.nanoTime() - EVERY_NANOS;

  LinesProgress(Terminal terminal, Interruption interruption) {
    this.terminal = terminal;
    this.interruption = interruption;
  }

  /** Returns whether the program that started this one asked for such lines. */
  static boolean asked() {
    return ProgressLine.JSON.equals(System.getenv(ProgressLine.VARIABLE));
  }

  @Override
  public void report(Update update) {
    long now = System.nanoTime();
    boolean last = update.total() > 0 && update.done() == update.total();
    if (last || !update.activity().equals(activity) || now - lastLine >= EVERY_NANOS) {
      activity = update.activity();
      lastLine = now;
      Map<String, Double> readings = new LinkedHashMap<>();
      update.readings().forEach(reading -> readings.put(reading.name(), reading.value()));
      write(ProgressLine.position(activity, update.done(), update.total(), readings));
    }
  }

  @Override
  public void say(String sentence) {
    write(ProgressLine.sentence(sentence));
  }

  @Override
  public void runStarted(String run, int steps) {
    write(ProgressLine.run(run, steps));
  }

  private void write(ProgressLine line) {
    terminal.error(Line.of(line.toJson()));
  }

  @Override
  public boolean stopRequested() {
    return interruption.requested();
  }
}
