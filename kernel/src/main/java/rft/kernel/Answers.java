package rft.kernel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import rft.cell.Completeness;
import rft.cell.Completions;
import rft.cell.Interpreter;
import rft.wire.Channel;
import rft.wire.WireMessage;

/** Answers what an editor asks, also while a cell runs. */
final class Answers {
  /** Answers one type of request. */
  private interface Answer {
    ObjectNode to(ObjectNode request);
  }

  private final Publisher publisher;
  private final CompletableFuture<Interpreter> interpreter;
  private final Map<String, Answer> known;

  Answers(
      Publisher publisher,
      CompletableFuture<Interpreter> interpreter,
      History history,
      String version) {
    this.publisher = publisher;
    this.interpreter = interpreter;
    this.known =
        Map.of(
            "kernel_info_request", request -> KernelInfo.content(version),
            "complete_request", this::complete,
            "inspect_request", this::inspect,
            "is_complete_request", this::isComplete,
            "history_request", history::answer,
            // No target is registered, so no comm is ever open.
            "comm_info_request", request -> ok().set("comms", Bundles.empty()));
  }

  /** Answers a request; one of an unknown type is ignored. */
  void answer(Channel channel, WireMessage request) {
    String type = request.type();
    if (type.startsWith("comm_") && !known.containsKey(type)) {
      publisher.busy(request);
      comm(request);
      publisher.idle(request);
      return;
    }
    Answer answer = known.get(type);
    if (answer == null) {
      return;
    }
    publisher.busy(request);
    ObjectNode content;
    try {
      content = answer.to(request.content());
    } catch (Throwable e) {
      content = Failure.of(e).reply();
    }
    publisher.reply(channel, request, type.replace("_request", "_reply"), content);
    publisher.idle(request);
  }

  private void comm(WireMessage request) {
    if (request.type().equals("comm_open")) {
      ObjectNode content = Bundles.empty();
      content.put("comm_id", request.content().path("comm_id").asText(""));
      content.putObject("data");
      publisher.publish(request.header(), "comm_close", content);
    }
  }

  private ObjectNode complete(ObjectNode request) {
    String code = request.path("code").asText("");
    int cursor = cursor(request, code);
    Completions found = interpreter.join().complete(code, cursor);
    int start = CodePoints.toCodePoints(code, found.start());
    int end = CodePoints.toCodePoints(code, found.end());
    ObjectNode content = ok().put("cursor_start", start).put("cursor_end", end);
    ArrayNode matches = content.putArray("matches");
    ArrayNode typed = content.putObject("metadata").putArray("_jupyter_types_experimental");
    for (Completions.Candidate each : found.candidates()) {
      matches.add(each.text());
      typed
          .addObject()
          .put("start", start)
          .put("end", end)
          .put("text", each.text())
          .put("type", each.type())
          .put("signature", each.signature());
    }
    return content;
  }

  private ObjectNode inspect(ObjectNode request) {
    String code = request.path("code").asText("");
    int detail = request.path("detail_level").asInt(0);
    Optional<DisplayData> found = interpreter.join().inspect(code, cursor(request, code), detail);
    ObjectNode content = ok().put("found", found.isPresent());
    ObjectNode bundle = found.map(Bundles::content).orElseGet(Bundles::empty);
    content.set("data", bundle.withObject("/data"));
    content.set("metadata", bundle.withObject("/metadata"));
    return content;
  }

  private ObjectNode isComplete(ObjectNode request) {
    Completeness found = interpreter.join().completeness(request.path("code").asText(""));
    ObjectNode content =
        Bundles.empty().put("status", found.state().name().toLowerCase(Locale.ROOT));
    if (found.state() == Completeness.State.INCOMPLETE) {
      content.put("indent", found.indent());
    }
    return content;
  }

  private static int cursor(ObjectNode request, String code) {
    return CodePoints.toUtf16(code, request.path("cursor_pos").asInt(Integer.MAX_VALUE));
  }

  private static ObjectNode ok() {
    return Bundles.empty().put("status", "ok");
  }
}
