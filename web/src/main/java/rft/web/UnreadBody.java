package rft.web;

import io.javalin.http.Context;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;

/**
 * What a client still sends of a body that is refused. It is taken and thrown away for a while: a
 * connection closed over it reaches most clients, browsers too, as broken, without the answer.
 */
final class UnreadBody {
  private static final long MOST_BYTES = 64L << 20;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final Duration PATIENCE = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private UnreadBody() {}

  /** Reads on until the body ends, nothing comes for a moment, or it is too much or too slow. */
  static void discard(Context context) {
    boolean hasBody =
        context.req().getContentLengthLong() > 0 || context.header("Transfer-Encoding") != null;
    if (!hasBody || context.header("Expect") != null) {
      return; // Who expects to be asked for the body has not sent it.
    }
    try {
      discard(context.req().getInputStream());
    } catch (IOException | IllegalStateException clientIsGone) {
      // Nobody is left to tell.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void discard(ServletInputStream in) throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long read = 0;
    long begun = System.nanoTime();
    long heard = begun;
    while (!in.isFinished()
        && read < MOST_BYTES
        && System.nanoTime() - begun < LONGEST.toNanos()
        && System.nanoTime() - heard < PATIENCE.toNanos()) {
      if (in.available() > 0) {
        read += Math.max(0, in.read(buffer));
        heard = System.nanoTime();
      } else {
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }
}
