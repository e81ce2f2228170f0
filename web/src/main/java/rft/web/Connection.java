package rft.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/** The connection that a request came over. */
public final class Connection {
  private static final String KEY = "rft-connection";
  private static final int NEXT_REQUEST = 8 * 1024;

  private Connection() {}

  /** Remembers it with the request, for whoever handles that. */
  static void remember(Request request) {
    EndPoint end = request.getConnectionMetaData().getConnection().getEndPoint();
    request.setAttribute(KEY, end);
  }

  private static void breakOff(EndPoint end) {
    try {
      if (end.getTransport() instanceof SocketChannel socket) {
        // A reset: to a client that asked to close, a mere end would be that of the answer.
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException closedAlready) {
      // What is closed needs no reset.
    }
    end.close();
  }

  /**
   * Ends it in the middle of an answer. The head of such an answer said that all was well, so only
   * a connection that breaks tells the client that it has not got all.
   */
  public static void breakOff(Context context) {
    EndPoint end = context.attribute(KEY);
    if (end != null) {
      breakOff(end);
    }
  }

  /**
   * Returns whether the client has left, for a handler that has read the request and waits before
   * it answers: the server itself hears of it only when it writes.
   */
  public static boolean isLeft(Context context) {
    EndPoint end = context.attribute(KEY);
    if (end == null || !(end.getTransport() instanceof SocketChannel socket)) {
      return false;
    }
    try {
      int read = socket.read(ByteBuffer.allocate(NEXT_REQUEST));
      if (read > 0) {
        // A next request before this one's answer, lost now: a client then asks again elsewhere.
        context.header("Connection", "close");
      }
      return read < 0;
    } catch (IOException reset) {
      return true;
    }
  }
}
