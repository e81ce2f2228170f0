package rft.cell;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A session under test: numbers its cells, and runs some on another thread to stop them. */
final class TestCells implements AutoCloseable {
  static final long LIMIT_SECONDS = 10;

  final JavaSession session =
      new JavaSession(JavaSession.Options.standard("import rft.cell.Signal;"));
  private int cell;

  Optional<Object> run(String source) throws CellError {
    cell++;
    return session.evaluate(source, Place.startOf(cell));
  }

  Object value(String source) throws CellError {
    return run(source).orElseThrow();
  }

  CellError failure(String source) {
    return assertThrows(CellError.class, () -> run(source));
  }

  /** Runs a cell that calls {@code Signal.began()}, stops it, and returns what it ended with. */
  CellError stopped(String source) throws Exception {
    return stopped(() -> run(source));
  }

  CellError stopped(Callable<?> body) throws Exception {
    Signal.expect();
    CompletableFuture<Object> ended = new CompletableFuture<>();
    Thread runner =
        new Thread(
            () -> {
              try {
                ended.complete(body.call());
              } catch (Throwable e) {
                ended.completeExceptionally(e);
              }
            });
    runner.start();
    Signal.await();
    session.stop();
    try {
      Object value = ended.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      throw new AssertionError("the cell was not stopped but returned " + value);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CellError error) {
        return error;
      }
      throw new AssertionError("no error for the user", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("not stopped within " + LIMIT_SECONDS + " s", e);
    }
  }

  /** Returns how many threads that ran a cell's own code are still alive. */
  static long threadsLeft() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("cell") && thread.isAlive())
        .count();
  }

  static String plain(CellError error) {
    return String.join("\n", error.traceback()).replaceAll("\u001b\\[[0-9;]*m", "");
  }

  @Override
  public void close() {
    session.close();
  }
}
