package rft.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rft.wire.ExecuteRequest;
import rft.wire.PendingReply;
import rft.wire.Session;
import rft.wire.Wire;

/** A kernel that is listened to, that is busy, and that ends. */
final class KernelLifeTest {
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
  void aNewListenerIsWelcomedBeforeItHearsAnythingElse() throws Exception {
    for (int i = 0; i < 20; i++) {
      Session session = new Session("second");
      BlockingQueue<String> heard = new LinkedBlockingQueue<>();
      try (Wire wire = Wire.connect(live.connection, session)) {
        wire.start((channel, message) -> heard.add(message.type()));
        PendingReply busy = live.client.submit(ExecuteRequest.of("1"));
        assertEquals("iopub_welcome", heard.poll(20, TimeUnit.SECONDS));
        busy.await(LiveKernel.LIMIT);
      }
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
    assertEquals(
        "KernelEnded",
        live.awaitPublished(each -> each.type().equals("error")).content().path("ename").asText());
    assertTrue(live.interpreter.closed);
    assertEquals(1, live.interpreter.interrupts.get());
  }
}
