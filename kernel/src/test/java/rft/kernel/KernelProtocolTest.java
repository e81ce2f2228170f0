package rft.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rft.wire.Channel;
import rft.wire.ConnectionFile;
import rft.wire.ExecuteRequest;
import rft.wire.PendingReply;
import rft.wire.Session;
import rft.wire.Wire;

/** What goes over the wire, request by request. */
final class KernelProtocolTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private LiveKernel live;

  @BeforeEach
  void start() throws Exception {
    live = new LiveKernel();
  }

  @AfterEach
  void stop() {
    live.close();
  }

  @Test
  void aCellIsBusyThenInputThenResultThenIdle() throws Exception {
    LiveKernel.Ran ran = live.run("1+1");
    assertEquals(List.of("status", "execute_input", "execute_result", "status"), ran.types());
    assertEquals("2", ran.messages().get(2).content().path("data").path("text/plain").asText());
    assertEquals(1, ran.messages().get(2).content().path("execution_count").asInt());
    assertEquals("ok", ran.status());
    assertEquals(1, ran.reply().path("execution_count").asInt());
    assertTrue(ran.reply().path("payload").isArray());
    assertEquals(2, live.run("1+2").reply().path("execution_count").asInt());
  }

  @Test
  void everyReplyHasAStatus() throws Exception {
    assertEquals("ok", live.client.kernelInfo().path("status").asText());
    assertEquals("ok", live.client.complete("ab", 2).path("status").asText());
    assertEquals("ok", live.client.inspect("ab", 2, 0).path("status").asText());
    assertEquals("ok", live.client.history(JSON.objectNode()).path("status").asText());
    assertEquals("ok", ask(Channel.SHELL, "comm_info_request").path("status").asText());
    assertEquals("complete", live.client.isComplete("1+1").path("status").asText());
    assertEquals("ok", live.client.interrupt().path("status").asText());
    assertEquals("ok", ask(Channel.CONTROL, "kernel_info_request").path("status").asText());
    ObjectNode end = live.client.shutdown(true);
    assertEquals("ok", end.path("status").asText());
    assertTrue(end.path("restart").asBoolean());
    live.kernel.await();
  }

  private ObjectNode ask(Channel channel, String type) throws Exception {
    return live.client
        .request(channel, type, JSON.objectNode(), false)
        .await(LiveKernel.LIMIT)
        .content();
  }

  @Test
  void theKernelSaysWhatItSpeaks() throws Exception {
    ObjectNode info = live.client.kernelInfo();
    assertEquals("5.5", info.path("protocol_version").asText());
    assertEquals("1.2.3", info.path("implementation_version").asText());
    assertTrue(info.path("supported_features").isArray());
    assertEquals("java", info.path("language_info").path("name").asText());
    assertEquals(".jshell", info.path("language_info").path("file_extension").asText());
  }

  @Test
  void aSilentCellLeavesNoTrace() throws Exception {
    live.interpreter.on(
        "print",
        output -> {
          System.out.println("heard");
          output.clear(false);
        });
    LiveKernel.Ran ran = live.run(ExecuteRequest.of("print").silently());
    assertEquals(List.of("status", "status"), ran.types());
    assertEquals("ok", ran.status());
    assertEquals(1, live.run("1+1").reply().path("execution_count").asInt());
    assertEquals(1, live.client.history(JSON.objectNode()).path("history").size());
  }

  @Test
  void aCellWithoutHistoryIsShownButNotCounted() throws Exception {
    LiveKernel.Ran ran = live.run(ExecuteRequest.of("1+1").withoutHistory());
    assertEquals(1, ran.of("execute_result").size());
    assertEquals(0, live.client.history(JSON.objectNode()).path("history").size());
    assertEquals(1, live.run("1+1").reply().path("execution_count").asInt());
  }

  @Test
  void expressionsAreEvaluatedAfterTheCellEachByItself() throws Exception {
    ExecuteRequest cell =
        ExecuteRequest.of("1+1").withExpressions(Map.of("good", "2+3", "bad", "nothing"));
    ObjectNode values = (ObjectNode) live.run(cell).reply().path("user_expressions");
    assertEquals("ok", values.path("good").path("status").asText());
    assertEquals("5", values.path("good").path("data").path("text/plain").asText());
    assertEquals("error", values.path("bad").path("status").asText());
    assertEquals("CompileError", values.path("bad").path("ename").asText());
  }

  @Test
  void aFailureIsTheSameInReplyAndOnIoPubAndComesOnce() throws Exception {
    LiveKernel.Ran ran =
        live.run(
            "fail",
            output -> {
              throw new ArithmeticException("by zero");
            });
    assertEquals("error", ran.status());
    assertEquals("ArithmeticException", ran.reply().path("ename").asText());
    assertEquals("by zero", ran.reply().path("evalue").asText());
    assertEquals(1, ran.of("error").size());
    ObjectNode told = ran.of("error").get(0).content();
    for (String key : List.of("ename", "evalue", "traceback")) {
      assertEquals(ran.reply().path(key), told.path(key));
    }
  }

  @Test
  void anErrorInACellLeavesTheKernelAlive() throws Exception {
    LiveKernel.Ran ran =
        live.run(
            "overflow",
            output -> {
              throw new StackOverflowError("deep");
            });
    assertEquals("StackOverflowError", ran.reply().path("ename").asText());
    assertEquals("ok", live.run("1+1").status());
  }

  @Test
  void cellsThatWaitBehindAFailureAreGivenUpAndLaterOnesRun() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    live.interpreter.on(
        "fail",
        output -> {
          go.await();
          throw new IllegalStateException("no");
        });
    PendingReply first = live.client.submit(ExecuteRequest.of("fail"));
    PendingReply second = live.client.submit(ExecuteRequest.of("1+1"));
    live.awaitPublished(each -> each.type().equals("execute_input"));
    // Its answer shows that the second cell, sent before it, has arrived.
    live.client.kernelInfo();
    go.countDown();
    assertEquals("error", live.await(first).status());
    LiveKernel.Ran given = live.await(second);
    assertEquals("aborted", given.status());
    assertEquals(List.of("status", "status"), given.types());
    assertEquals("ok", live.run("1+1").status());
  }

  @Test
  void cellsGoOnBehindAFailureThatDoesNotStop() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    live.interpreter.on(
        "fail",
        output -> {
          go.await();
          throw new IllegalStateException("no");
        });
    PendingReply first = live.client.submit(ExecuteRequest.of("fail").withoutStop());
    PendingReply second = live.client.submit(ExecuteRequest.of("1+1"));
    go.countDown();
    assertEquals("error", live.await(first).status());
    assertEquals("ok", live.await(second).status());
  }

  @Test
  void rangesOfCompletionAndInspectionCountCharactersNotUnits() throws Exception {
    String code = "\"\uD83D\uDE00\" + ab";
    ObjectNode found = live.client.complete(code, 8);
    assertEquals(6, found.path("cursor_start").asInt());
    assertEquals(8, found.path("cursor_end").asInt());
    assertEquals("abab", found.path("matches").path(0).asText());
    ObjectNode typed =
        (ObjectNode) found.path("metadata").path("_jupyter_types_experimental").path(0);
    assertEquals("variable", typed.path("type").asText());
    assertEquals(6, typed.path("start").asInt());
    ObjectNode told = live.client.inspect(code, 8, 1);
    assertTrue(told.path("found").asBoolean());
    assertEquals(code + "|1", told.path("data").path("text/plain").asText());
    assertFalse(live.client.inspect("", 0, 0).path("found").asBoolean());
  }

  @Test
  void anUnfinishedCellIsToldWithItsIndent() throws Exception {
    ObjectNode told = live.client.isComplete("if (x) {");
    assertEquals("incomplete", told.path("status").asText());
    assertEquals("  ", told.path("indent").asText());
  }

  @Test
  void aCommToAnUnknownTargetIsClosed() throws Exception {
    ObjectNode open = JSON.objectNode().put("comm_id", "c1").put("target_name", "jupyter.widget");
    live.client.request(Channel.SHELL, "comm_open", open, true);
    assertEquals(
        "c1",
        live.awaitPublished(each -> each.type().equals("comm_close"))
            .content()
            .path("comm_id")
            .asText());
  }

  @Test
  void aMessageWithAWrongKeyIsDroppedAndTheKernelGoesOn() throws Exception {
    ConnectionFile right = live.connection;
    ConnectionFile wrong =
        new ConnectionFile(right.ip(), right.ports(), "wrong", right.signatureScheme(), "");
    Session session = new Session("stranger");
    try (Wire wire = Wire.connect(wrong, session)) {
      wire.start((channel, message) -> {});
      wire.send(
          Channel.SHELL, session.message("execute_request", ExecuteRequest.of("1+1").content()));
      wire.send(Channel.CONTROL, session.message("shutdown_request", JSON.objectNode()));
      assertEquals("ok", live.run("1+2").status());
    }
    assertEquals(1, live.client.history(JSON.objectNode()).path("history").size());
  }

  @Test
  void anUnknownRequestIsIgnored() throws Exception {
    live.client.request(Channel.SHELL, "dance_request", JSON.objectNode(), false);
    live.client.request(Channel.CONTROL, "dance_request", JSON.objectNode(), false);
    assertEquals("ok", live.run("1+1").status());
  }

  @Test
  void aNewListenerIsWelcomed() throws Exception {
    Session session = new Session("second");
    CountDownLatch welcomed = new CountDownLatch(1);
    try (Wire wire = Wire.connect(live.connection, session)) {
      wire.start(
          (channel, message) -> {
            if (message.type().equals("iopub_welcome")) {
              welcomed.countDown();
            }
          });
      assertTrue(
          welcomed.await(LiveKernel.LIMIT.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS));
    }
  }

  @Test
  void theHeartbeatComesBackWhileACellRuns() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    live.interpreter.on("wait", output -> go.await());
    PendingReply cell = live.client.submit(ExecuteRequest.of("wait"));
    live.awaitPublished(each -> each.type().equals("execute_input"));
    assertTrue(live.client.heartbeat(Duration.ofSeconds(2)).isPresent());
    assertEquals("abab", live.client.complete("ab", 2).path("matches").path(0).asText());
    go.countDown();
    live.await(cell);
  }

  @Test
  void aFrontEndIsToldAgainThatACellRunsAfterAnotherAnswer() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    live.interpreter.on("wait", output -> go.await());
    PendingReply cell = live.client.submit(ExecuteRequest.of("wait"));
    live.awaitPublished(each -> each.type().equals("execute_input"));
    live.client.kernelInfo();
    live.awaitPublished(each -> each.content().path("execution_state").asText().equals("idle"));
    assertEquals(
        cell.id(),
        live.awaitPublished(each -> each.content().path("execution_state").asText().equals("busy"))
            .parentId());
    go.countDown();
    live.await(cell);
  }

  @Test
  void closingTheKernelClosesTheInterpreterAndStopsTheCell() throws Exception {
    live.interpreter.on("wait", output -> new CountDownLatch(1).await());
    live.client.submit(ExecuteRequest.of("wait"));
    live.awaitPublished(each -> each.type().equals("execute_input"));
    live.client.shutdown(false);
    live.kernel.await();
    live.kernel.close();
    assertTrue(live.interpreter.closed);
    assertEquals(1, live.interpreter.interrupts.get());
  }
}
