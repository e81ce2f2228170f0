package rft.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.zeromq.ZMQ;

/**
 * One thread that owns some sockets: it alone reads and writes them, and sleeps until there is
 * something to do. Anybody may hand it frames to send; that neither blocks nor touches a socket, so
 * a thread that is interrupted or stopped meanwhile breaks nothing.
 */
final class SocketLoop implements AutoCloseable {
  /** Whom to tell what arrived; is called on the loop's thread and must not block. */
  interface Receiver {
    void received(Channel channel, List<byte[]> frames);
  }

  private record Outgoing(Channel channel, List<byte[]> frames) {}

  private static final System.Logger LOG = System.getLogger("rft.wire");

  private final Map<Channel, ZMQ.Socket> sockets;
  private final Receiver receiver;
  private final Selector selector;
  private final Queue<Outgoing> outgoing = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean closing;

  SocketLoop(String name, Map<Channel, ZMQ.Socket> sockets, Receiver receiver) {
    this.sockets = sockets;
    this.receiver = receiver;
    try {
      selector = Selector.open();
      for (ZMQ.Socket socket : sockets.values()) {
        socket.getFD().register(selector, SelectionKey.OP_READ);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = new Thread(null, this::run, name, 0, false);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Sends soon, in the order of the calls. */
  void send(Channel channel, List<byte[]> frames) {
    outgoing.add(new Outgoing(channel, frames));
    selector.wakeup();
  }

  private void run() {
    try {
      boolean last = false;
      while (!last) {
        last = closing;
        // A socket's channel says only that something changed: read and write until nothing does.
        boolean again = true;
        while (again) {
          boolean sent = sendAll();
          again = receiveAll() || sent;
        }
        if (!last) {
          selector.select();
          selector.selectedKeys().clear();
        }
      }
    } catch (IOException e) {
      LOG.log(Level.ERROR, thread.getName() + " cannot wait for messages any more", e);
    } finally {
      sockets.values().forEach(ZMQ.Socket::close);
    }
  }

  private boolean sendAll() {
    boolean any = false;
    for (Outgoing next = outgoing.poll(); next != null; next = outgoing.poll()) {
      any = true;
      ZMQ.Socket socket = sockets.get(next.channel());
      if (socket == null) {
        throw new IllegalStateException("no socket for " + next.channel());
      }
      int end = next.frames().size() - 1;
      for (int i = 0; i <= end; i++) {
        socket.send(next.frames().get(i), ZMQ.DONTWAIT | (i < end ? ZMQ.SNDMORE : 0));
      }
    }
    return any;
  }

  private boolean receiveAll() {
    boolean any = false;
    for (Map.Entry<Channel, ZMQ.Socket> each : sockets.entrySet()) {
      for (byte[] first = each.getValue().recv(ZMQ.DONTWAIT);
          first != null;
          first = each.getValue().recv(ZMQ.DONTWAIT)) {
        any = true;
        List<byte[]> frames = new ArrayList<>();
        frames.add(first);
        while (each.getValue().hasReceiveMore()) {
          frames.add(each.getValue().recv());
        }
        hand(each.getKey(), frames);
      }
    }
    return any;
  }

  private void hand(Channel channel, List<byte[]> frames) {
    try {
      receiver.received(channel, frames);
    } catch (Throwable e) {
      LOG.log(Level.ERROR, "a message on " + channel + " is dropped", e);
    }
  }

  /** Sends what was handed over, closes the sockets and waits for that. */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(2000);
      selector.close();
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a selector did not close", e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
