package rft.magic;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import picocli.CommandLine.Command;
import rft.cell.CellError;

/** Runs code and says how long that took. */
@Command(
    name = "time",
    description = "Run the line, or the lines below, and say how long that took.",
    footer = "  %%time java.util.stream.IntStream.range(0, 1_000_000).sum()")
final class TimeMagic implements CellCommand {
  TimeMagic() {}

  @Override
  public boolean takesRawLine() {
    return true;
  }

  @Override
  public Optional<Object> run(MagicCall call) throws CellError {
    Part.Magic magic = call.magic();
    int lineEnd = magic.tailStart() + magic.tail().length();
    boolean onLine = !magic.tail().isBlank();
    int to = magic.isCellMagic() ? call.cell().code().length() : lineEnd;
    if (!onLine && !call.hasBody()) {
      throw call.wrong("Usage", magic.title() + " needs code to run behind it or below it");
    }
    long cpu = cpuNanos();
    long start = System.nanoTime();
    try {
      return call.runner().run(call.cell(), onLine ? magic.tailStart() : magic.bodyStart(), to);
    } finally {
      String text =
          String.format(
              Locale.ROOT,
              "%s wall, %s CPU in all threads",
              text(System.nanoTime() - start),
              text(cpuNanos() - cpu));
      call.output().display(new DisplayData(text));
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  private static String text(long nanos) {
    return nanos < 1_000_000_000
        ? String.format(Locale.ROOT, "%.3g ms", nanos / 1e6)
        : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
  }
}
