package rft.kernel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import rft.wire.Channel;
import rft.wire.Session;
import rft.wire.Wire;
import rft.wire.WireMessage;

/** What the kernel says. Nothing here blocks; safe for several threads. */
final class Publisher {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Wire wire;
  private final Session session;
  private @Nullable WireMessage running;

  Publisher(Wire wire, Session session) {
    this.wire = wire;
    this.session = session;
  }

  /** Tells everybody who listens. */
  void publish(ObjectNode parent, String type, ObjectNode content) {
    wire.send(Channel.IOPUB, session.broadcast(parent, type, content));
  }

  /** Answers a request. */
  void reply(Channel channel, WireMessage request, String type, ObjectNode content) {
    wire.send(channel, session.reply(request, type, content));
  }

  /** Asks the user whose cell this is; returns the id that the answer may name. */
  String ask(WireMessage cell, String prompt, boolean password) {
    ObjectNode content = JSON.objectNode().put("prompt", prompt).put("password", password);
    WireMessage question = session.reply(cell, "input_request", content);
    wire.send(Channel.STDIN, question);
    return question.id();
  }

  void starting() {
    publish(JSON.objectNode(), "status", state("starting"));
  }

  /** Says that a request is being answered. */
  synchronized void busy(WireMessage request) {
    publish(request.header(), "status", state("busy"));
  }

  /**
   * Says that a request has been answered. While a cell runs, front-ends take that for the end of
   * all work: they are told again that the cell goes on.
   */
  synchronized void idle(WireMessage request) {
    publish(request.header(), "status", state("idle"));
    if (running != null) {
      publish(running.header(), "status", state("busy"));
    }
  }

  /** Says that a cell begins. */
  synchronized void begin(WireMessage cell) {
    running = cell;
    busy(cell);
  }

  /** Says that a cell has ended. */
  synchronized void end(WireMessage cell) {
    running = null;
    idle(cell);
  }

  private static ObjectNode state(String state) {
    return JSON.objectNode().put("execution_state", state);
  }
}
