package rft.kernel;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rft.display.CellOutput;

/**
 * The process's standard streams, put in place once: every thread reads and writes those of its own
 * cell. A thread without a cell writes to the one that runs, or else to the terminal.
 */
final class StandardStreams implements AutoCloseable {
  private final Supplier<@Nullable Cell> running;
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final InputStream in = System.in;

  private StandardStreams(Supplier<@Nullable Cell> running) {
    this.running = running;
  }

  static StandardStreams install(Supplier<@Nullable Cell> running) {
    StandardStreams streams = new StandardStreams(running);
    System.setOut(new Unclosable(streams.new Printed(StreamText.Stream.STDOUT, streams.out)));
    System.setErr(new Unclosable(streams.new Printed(StreamText.Stream.STDERR, streams.err)));
    System.setIn(new CellInput(streams::cell));
    return streams;
  }

  private @Nullable Cell cell() {
    // Threads of the common pool belong to whichever cell happened to use it first.
    boolean shared =
        Thread.currentThread() instanceof ForkJoinWorkerThread worker
            && worker.getPool() == ForkJoinPool.commonPool();
    Cell current = running.get();
    if (shared && current != null) {
      return current;
    }
    return CellOutput.current().orElse(null) instanceof Cell own ? own : current;
  }

  /** Puts back what was there before. */
  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
    System.setIn(in);
  }

  private final class Printed extends OutputStream {
    private final StreamText.Stream stream;
    private final PrintStream terminal;

    Printed(StreamText.Stream stream, PrintStream terminal) {
      this.stream = stream;
      this.terminal = terminal;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      Cell cell = cell();
      if (cell == null) {
        terminal.write(bytes, offset, length);
        terminal.flush();
      } else {
        cell.print(stream, bytes, offset, length);
      }
    }
  }

  /** A cell that closes System.out must not silence all the others. */
  private static final class Unclosable extends PrintStream {
    Unclosable(OutputStream to) {
      super(to, false, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      flush();
    }
  }
}
