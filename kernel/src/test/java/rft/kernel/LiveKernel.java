package rft.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import rft.wire.CellListener;
import rft.wire.ConnectionFile;
import rft.wire.ExecuteRequest;
import rft.wire.KernelClient;
import rft.wire.PendingReply;
import rft.wire.WireMessage;

/** A real kernel with a scripted interpreter, and a client, over loopback. */
final class LiveKernel implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(20);

  final ScriptedInterpreter interpreter = new ScriptedInterpreter();
  final ConnectionFile connection;
  final Kernel kernel;
  final KernelClient client;

  /** Everything on IOPub. */
  final BlockingQueue<WireMessage> published = new LinkedBlockingQueue<>();

  /** What came of a cell. */
  record Ran(ObjectNode reply, List<WireMessage> messages) {
    String status() {
      return reply.path("status").asText();
    }

    List<String> types() {
      return messages.stream().map(WireMessage::type).toList();
    }

    List<WireMessage> of(String type) {
      return messages.stream().filter(each -> each.type().equals(type)).toList();
    }

    /** Returns what was printed on one of the streams. */
    String printed(String stream) {
      StringBuilder text = new StringBuilder();
      for (WireMessage each : of("stream")) {
        if (each.content().path("name").asText().equals(stream)) {
          text.append(each.content().path("text").asText());
        }
      }
      return text.toString();
    }
  }

  LiveKernel() throws Exception {
    connection = ConnectionFile.fresh("test");
    kernel = new Kernel(connection, () -> interpreter, "1.2.3");
    client = KernelClient.connect(connection, LIMIT);
    client.setPatience(LIMIT);
    client.onPublished(published::add);
  }

  Ran run(String code) throws Exception {
    return run(ExecuteRequest.of(code));
  }

  Ran run(ExecuteRequest cell) throws Exception {
    return await(client.submit(cell));
  }

  /** Runs a body as a cell. */
  Ran run(String code, ScriptedInterpreter.Body body) throws Exception {
    interpreter.on(code, body);
    return run(code);
  }

  Ran await(PendingReply pending) throws Exception {
    return await(pending, (prompt, password) -> Optional.empty());
  }

  /** Answers what a cell asks. */
  interface User {
    Optional<String> answer(String prompt, boolean password);
  }

  Ran await(PendingReply pending, User user) throws Exception {
    List<WireMessage> messages = new ArrayList<>();
    CellListener listener =
        new CellListener() {
          @Override
          public void published(WireMessage message) {
            messages.add(message);
          }

          @Override
          public Optional<String> input(String prompt, boolean password) {
            return user.answer(prompt, password);
          }
        };
    ObjectNode reply = pending.await(LIMIT, listener).content();
    return new Ran(reply, messages);
  }

  /** Waits for a message on IOPub, whoever asked. */
  WireMessage awaitPublished(Predicate<WireMessage> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      WireMessage next = published.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        throw new AssertionError("not published within " + LIMIT);
      }
      if (wanted.test(next)) {
        return next;
      }
    }
  }

  @Override
  public void close() {
    client.close();
    kernel.close();
  }
}
