package rft.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import rft.command.Progress;
import rft.command.Result;
import rft.run.PrintableText;

/** Shows progress on standard error: a bar for a person, now and then a line for a log. */
final class TerminalProgress implements Progress, AutoCloseable {
  private static final long LINE_EVERY_NANOS = Duration.ofSeconds(2).toNanos();
  private static final int REDRAW_MILLIS = 200;
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_BELOW = "\r\u001b[J";
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Terminal terminal;
  private final Interruption interruption;
  private @Nullable ProgressBar bar;
  private String activity = "";
  private int tableLines;
  private long lastLine = System.nanoTime() - LINE_EVERY_NANOS;

  TerminalProgress(Terminal terminal, Interruption interruption) {
    this.terminal = terminal;
    this.interruption = interruption;
  }

  @Override
  public void report(Update update) {
    boolean fresh = !update.activity().equals(activity);
    activity = update.activity();
    if (terminal.screen().errIsScreen()) {
      draw(update, fresh);
    } else {
      write(update, fresh);
    }
  }

  private void draw(Update update, boolean fresh) {
    if (fresh) {
      close();
    }
    ProgressBar current = bar;
    if (current == null) {
      current = newBar(update);
      bar = current;
    }
    current.stepTo(update.done());
    current.setExtraMessage(" " + readings(update));
  }

  private ProgressBar newBar(Update update) {
    return new ProgressBarBuilder()
        .setTaskName(PrintableText.line(update.activity()))
        .setInitialMax(update.total() == 0 ? -1 : update.total())
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), terminal.screen().width() - 1))
        .build();
  }

  private void write(Update update, boolean fresh) {
    long now = System.nanoTime();
    boolean last = update.total() > 0 && update.done() == update.total();
    if (fresh || last || now - lastLine >= LINE_EVERY_NANOS) {
      lastLine = now;
      String of = update.total() == 0 ? "" : "/" + update.total();
      terminal.error(
          Line.of(
              (update.activity() + " " + update.done() + of + "  " + readings(update)).strip()));
    }
  }

  private static String readings(Update update) {
    return update.readings().stream()
        .map(reading -> reading.name() + " " + number(reading.value()) + unit(reading))
        .collect(Collectors.joining("  "));
  }

  private static String unit(Reading reading) {
    return reading.unit().isEmpty() ? "" : " " + reading.unit();
  }

  /** Returns about three digits: a bar shows where a value goes, not its last bit. */
  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    double size = Math.abs(value);
    if (size != 0 && (size < 0.001 || size >= 1e7)) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.3f", value);
  }

  @Override
  public void say(String sentence) {
    tableLines = 0;
    // In one write: the bar is redrawn by a thread of its own.
    terminal.error(bar == null ? "" : CLEAR_LINE, Line.of(sentence));
  }

  @Override
  public void soFar(Result result) {
    List<String> lines = result.text().orElse("").lines().toList();
    if (terminal.screen().errIsScreen()) {
      close();
      int width = terminal.screen().width() - 1;
      String page =
          lines.stream()
              .map(line -> line.substring(0, Math.min(width, line.length())) + "\n")
              .collect(Collectors.joining());
      terminal.err().print((tableLines == 0 ? "" : UP.formatted(tableLines)) + CLEAR_BELOW + page);
      tableLines = lines.size();
    } else if (!lines.isEmpty() && System.nanoTime() - lastLine >= LINE_EVERY_NANOS) {
      lastLine = System.nanoTime();
      terminal.error(Line.of(lines.get(lines.size() - 1)));
    }
  }

  @Override
  public Optional<Typist> typist() {
    return Optional.of(new StandardInput(terminal, interruption));
  }

  @Override
  public boolean stopRequested() {
    return interruption.requested();
  }

  /** Ends the bar, leaving its last state on the screen. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
