package rft.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * The five channels of one side. Sending never blocks, and is safe from any thread. A message that
 * is malformed or has a wrong signature is dropped.
 */
public final class Wire implements AutoCloseable {
  /** Whom to tell what arrived; is called on the thread of the sockets and must not block. */
  public interface Receiver {
    void received(Channel channel, WireMessage message);

    /** What a heartbeat brought back, on the client's side. */
    default void echoed() {}
  }

  private static final System.Logger LOG = System.getLogger("rft.wire");
  private static final int LINGER_MILLIS = 1000;
  private static final byte[] PING = "ping".getBytes(StandardCharsets.US_ASCII);

  private final ZContext context;
  private final WireFormat format;
  private final Session session;
  private final Map<Channel, ZMQ.Socket> sockets;
  private final boolean kernel;
  private final List<SocketLoop> loops = new ArrayList<>();
  private final Map<Channel, SocketLoop> loopOf = new EnumMap<>(Channel.class);
  private boolean warned;

  private Wire(
      ConnectionFile file,
      Session session,
      ZContext context,
      Map<Channel, ZMQ.Socket> sockets,
      boolean kernel) {
    this.format = new WireFormat(new Signature(file.signatureScheme(), file.key()));
    this.session = session;
    this.context = context;
    this.sockets = sockets;
    this.kernel = kernel;
  }

  /**
   * Opens a kernel's side; front-ends can connect from now on.
   *
   * @throws IOException if a port is taken, naming it
   */
  public static Wire bind(ConnectionFile file, Session session) throws IOException {
    Map<Channel, SocketType> types = new EnumMap<>(Channel.class);
    types.put(Channel.SHELL, SocketType.ROUTER);
    types.put(Channel.CONTROL, SocketType.ROUTER);
    types.put(Channel.STDIN, SocketType.ROUTER);
    types.put(Channel.HEARTBEAT, SocketType.ROUTER);
    // Unlike PUB it says who subscribes, which is answered by a welcome.
    types.put(Channel.IOPUB, SocketType.XPUB);
    ZContext context = new ZContext();
    Map<Channel, ZMQ.Socket> sockets = open(context, types, UUID.randomUUID().toString());
    for (Map.Entry<Channel, ZMQ.Socket> each : sockets.entrySet()) {
      String address = file.bindAddress(each.getKey());
      try {
        each.getValue().bind(address);
      } catch (ZMQException | IllegalArgumentException e) {
        context.close();
        throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
      }
    }
    return new Wire(file, session, context, sockets, true);
  }

  /** Opens a front-end's side. */
  public static Wire connect(ConnectionFile file, Session session) {
    Map<Channel, SocketType> types = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      types.put(channel, channel == Channel.IOPUB ? SocketType.SUB : SocketType.DEALER);
    }
    ZContext context = new ZContext();
    Map<Channel, ZMQ.Socket> sockets = open(context, types, UUID.randomUUID().toString());
    sockets.forEach((channel, socket) -> socket.connect(file.connectAddress(channel)));
    return new Wire(file, session, context, sockets, false);
  }

  private static Map<Channel, ZMQ.Socket> open(
      ZContext context, Map<Channel, SocketType> types, String identity) {
    Map<Channel, ZMQ.Socket> sockets = new EnumMap<>(Channel.class);
    types.forEach(
        (channel, type) -> {
          ZMQ.Socket socket = context.createSocket(type);
          // A client has had its answer before it closes, and a dead kernel takes nothing any more.
          socket.setLinger(types.get(Channel.IOPUB) == SocketType.SUB ? 0 : LINGER_MILLIS);
          // The default drops output of a cell that prints faster than a front-end reads.
          socket.setHWM(0);
          switch (type) {
            case ROUTER -> socket.setRouterHandover(true);
            case XPUB -> socket.setXpubVerbose(true);
            case SUB -> socket.subscribe(new byte[0]);
            // The kernel asks for input whoever sent the cell: both sockets need one name.
            default -> socket.setIdentity(identity.getBytes(StandardCharsets.US_ASCII));
          }
          sockets.put(channel, socket);
        });
    return sockets;
  }

  /** Begins to receive. */
  public void start(Receiver receiver) {
    Map<Channel, ZMQ.Socket> messages = new EnumMap<>(sockets);
    Map<Channel, ZMQ.Socket> heartbeat = new EnumMap<>(Channel.class);
    ZMQ.Socket echo = messages.remove(Channel.HEARTBEAT);
    if (echo != null) {
      heartbeat.put(Channel.HEARTBEAT, echo);
    }
    add(
        new SocketLoop("rft-messages", messages, (c, frames) -> read(receiver, c, frames)),
        messages);
    add(
        new SocketLoop("rft-heartbeat", heartbeat, (c, frames) -> beat(receiver, frames)),
        heartbeat);
    loops.forEach(SocketLoop::start);
  }

  private void add(SocketLoop loop, Map<Channel, ZMQ.Socket> owned) {
    loops.add(loop);
    owned.keySet().forEach(channel -> loopOf.put(channel, loop));
  }

  private void beat(Receiver receiver, List<byte[]> frames) {
    if (kernel) {
      loop(Channel.HEARTBEAT).send(Channel.HEARTBEAT, frames);
    } else {
      receiver.echoed();
    }
  }

  private void read(Receiver receiver, Channel channel, List<byte[]> frames) {
    if (channel == Channel.IOPUB && kernel) {
      welcome(frames.get(0));
      return;
    }
    WireMessage message;
    try {
      message = format.read(frames);
    } catch (IOException e) {
      LOG.log(warned ? Level.DEBUG : Level.WARNING, "dropped on {0}: {1}", channel, e.getMessage());
      warned = true;
      return;
    }
    receiver.received(channel, message);
  }

  private void welcome(byte[] subscription) {
    if (subscription.length > 0 && subscription[0] == 1) {
      String topic = new String(subscription, 1, subscription.length - 1, StandardCharsets.UTF_8);
      WireMessage message =
          session.message(
              "iopub_welcome", JsonNodeFactory.instance.objectNode().put("subscription", topic));
      List<byte[]> frames = new ArrayList<>();
      frames.add(topic.getBytes(StandardCharsets.UTF_8));
      frames.addAll(format.write(message));
      loop(Channel.IOPUB).send(Channel.IOPUB, frames);
    }
  }

  /** Sends soon; messages arrive in the order of the calls on every channel. */
  public void send(Channel channel, WireMessage message) {
    loop(channel).send(channel, format.write(message));
  }

  /** Sends a heartbeat; {@link Receiver#echoed} says when it is back. */
  public void ping() {
    loop(Channel.HEARTBEAT).send(Channel.HEARTBEAT, List.of(new byte[0], PING));
  }

  private SocketLoop loop(Channel channel) {
    SocketLoop loop = loopOf.get(channel);
    if (loop == null) {
      throw new IllegalStateException("start() has not been called");
    }
    return loop;
  }

  /** Sends what is to be sent and closes the sockets. */
  @Override
  public void close() {
    loops.forEach(SocketLoop::close);
    context.close();
  }
}
