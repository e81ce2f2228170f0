package rft.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EndlessLineTest {
  @Test
  void anEndlessLineIsNotHeldInMemory() throws IOException {
    long length = 64 << 20;
    List<RowProblem> problems = new ArrayList<>();
    long before = allocated();
    DatasetReader.stream(new Letters(length), task -> {}, problems::add);
    long bytes = allocated() - before;
    assertEquals(1, problems.size());
    assertTrue(bytes < length / 2, bytes + " bytes for a line of " + length);
  }

  /** Returns how many bytes this thread has ever asked of the heap. */
  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /** A stream of one letter, without end of line. */
  private static final class Letters extends InputStream {
    private long left;

    Letters(long size) {
      left = size;
    }

    @Override
    public int read() {
      return left-- > 0 ? 'x' : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, length);
      Arrays.fill(bytes, offset, offset + count, (byte) 'x');
      left -= count;
      return count;
    }
  }
}
