package rft.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Standard input as a cell sees it: each line is asked from the user when it is needed. */
final class CellInput extends InputStream {
  private final Supplier<@Nullable Cell> reader;
  private final Object lock = new Object();
  private @Nullable Cell cell;
  private byte[] line = new byte[0];
  private int next;

  /**
   * @param reader the cell of the calling thread
   */
  CellInput(Supplier<@Nullable Cell> reader) {
    this.reader = reader;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * {@inheritDoc}
   *
   * @throws InterruptedIOException if the cell is interrupted meanwhile
   * @throws IllegalStateException if nobody can be asked; a Scanner would hide an IOException
   */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    Cell current = reader.get();
    if (current == null) {
      return -1;
    }
    int ready = take(current, bytes, offset, length);
    if (ready > 0) {
      return ready;
    }
    // Not under the lock: a thread that waits for the user keeps nobody from being interrupted.
    byte[] entered;
    try {
      entered = (current.ask("", false) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (CancellationException e) {
      // Anything unchecked leaves rubbish in the buffer of a Scanner that is used again.
      throw (IOException) new InterruptedIOException(e.getMessage()).initCause(e);
    }
    synchronized (lock) {
      cell = current;
      line = entered;
      next = 0;
    }
    return take(current, bytes, offset, length);
  }

  /** What is left of a line that another cell asked for is not this cell's. */
  private int take(Cell current, byte[] bytes, int offset, int length) {
    synchronized (lock) {
      int count = cell == current ? Math.min(length, line.length - next) : 0;
      System.arraycopy(line, next, bytes, offset, count);
      next += count;
      return count;
    }
  }

  @Override
  public int available() {
    synchronized (lock) {
      return cell != null && cell == reader.get() ? line.length - next : 0;
    }
  }

  /** Closing it, as a Scanner does, must not silence later cells. */
  @Override
  public void close() {}
}
