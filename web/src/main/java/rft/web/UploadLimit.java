package rft.web;

import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Marks a route that takes a body which is larger than others or no JSON; its handler reads {@link
 * #body} as a stream.
 *
 * @param bytes how many at most
 */
public record UploadLimit(long bytes) implements RouteRole {
  /** The most bytes of a body elsewhere. */
  static final long ORDINARY = 1_000_000;

  public UploadLimit {
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes (" + bytes + ") must be at least 1");
    }
  }

  /** Returns the body; reading on after the limit throws, and the answer is 413. */
  public InputStream body(Context context) {
    return new Limited(context.bodyInputStream(), bytes);
  }

  static ContentTooLargeResponse tooLarge(long limit) {
    return new ContentTooLargeResponse("the body has more than " + limit + " bytes");
  }

  private static final class Limited extends FilterInputStream {
    private final long limit;
    private long read;

    Limited(InputStream in, long limit) {
      super(in);
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      int next = in.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int got = in.read(buffer, offset, length);
      count(Math.max(got, 0));
      return got;
    }

    @Override
    public long skip(long wanted) throws IOException {
      long skipped = in.skip(wanted);
      count(skipped);
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    private void count(long more) {
      read += more;
      if (read > limit) {
        throw tooLarge(limit);
      }
    }
  }
}
