package rft.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rft.wire.WireMessage;

/** What cells print and show reaches the right cell, whole and in order. */
final class KernelStreamsTest {
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
  void thousandsOfLinesBecomeFewMessages() throws Exception {
    LiveKernel.Ran ran =
        live.run(
            "lines",
            output -> {
              for (int i = 0; i < 2000; i++) {
                System.out.println("line " + i);
              }
            });
    assertTrue(ran.of("stream").size() < 50, ran.of("stream").size() + " messages");
    String expected =
        String.join(
            "",
            IntStream.range(0, 2000).mapToObj(i -> "line " + i + System.lineSeparator()).toList());
    assertEquals(expected, ran.printed("stdout"));
  }

  @Test
  void outputIsSentWhileTheCellRuns() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    live.interpreter.on(
        "wait",
        output -> {
          System.out.print("here");
          seen.await();
        });
    var cell = live.client.submit(rft.wire.ExecuteRequest.of("wait"));
    WireMessage stream = live.awaitPublished(each -> each.type().equals("stream"));
    assertEquals("here", stream.content().path("text").asText());
    seen.countDown();
    assertEquals("", live.await(cell).printed("stderr"));
  }

  @Test
  void aPartialLineArrivesBeforeTheFailure() throws Exception {
    LiveKernel.Ran ran =
        live.run(
            "fail",
            output -> {
              System.out.print("partial");
              throw new IllegalStateException("no");
            });
    assertEquals(List.of("status", "execute_input", "stream", "error", "status"), ran.types());
    assertEquals("partial", ran.printed("stdout"));
  }

  @Test
  void theOrderOfTheStreamsAndOfDisplaysIsKept() throws Exception {
    LiveKernel.Ran ran =
        live.run(
            "mixed",
            output -> {
              System.out.print("a");
              System.err.print("b");
              System.out.print("c");
              output.display(new DisplayData("shown"));
              System.out.print("d");
            });
    List<String> texts =
        ran.messages().stream()
            .filter(each -> each.type().equals("stream") || each.type().equals("display_data"))
            .map(each -> each.content().path("text").asText("shown"))
            .toList();
    assertEquals(List.of("a", "b", "c", "shown", "d"), texts);
  }

  @Test
  void charactersOfSeveralBytesStayWholeHoweverTheyAreWritten() throws Exception {
    String text = "grüße \uD83D\uDE00 漢字 ".repeat(5000);
    LiveKernel.Ran ran =
        live.run(
            "bytes",
            output -> {
              byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
              for (int i = 0; i < bytes.length; i += 7) {
                System.out.write(bytes, i, Math.min(7, bytes.length - i));
              }
              System.out.print(text);
            });
    assertEquals(text + text, ran.printed("stdout"));
  }

  @Test
  void aThreadThatOutlivesItsCellPrintsToThatCell() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    live.interpreter.on(
        "spawn",
        output ->
            new Thread(
                    () -> {
                      try {
                        go.await();
                      } catch (InterruptedException e) {
                        return;
                      }
                      System.out.print("late");
                      output.display(new DisplayData("late too"));
                    })
                .start());
    var cell = live.client.submit(rft.wire.ExecuteRequest.of("spawn"));
    live.await(cell);
    live.run("1+1");
    go.countDown();
    WireMessage stream = live.awaitPublished(each -> each.type().equals("stream"));
    assertEquals("late", stream.content().path("text").asText());
    assertEquals(cell.id(), stream.parentId());
    assertEquals(
        cell.id(), live.awaitPublished(each -> each.type().equals("display_data")).parentId());
  }

  @Test
  void whatAThreadOfAnEarlierCellPrintedIsSentBeforeALaterCellEnds() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch printed = new CountDownLatch(1);
    live.interpreter.on(
        "spawn",
        output ->
            new Thread(
                    () -> {
                      try {
                        go.await();
                      } catch (InterruptedException e) {
                        return;
                      }
                      System.out.print("late");
                      printed.countDown();
                    })
                .start());
    live.run("spawn");
    live.interpreter.on(
        "join",
        output -> {
          go.countDown();
          printed.await();
        });
    var later = live.client.submit(rft.wire.ExecuteRequest.of("join"));
    live.await(later);
    boolean sent = false;
    for (WireMessage each = live.published.poll(); each != null; each = live.published.poll()) {
      sent |= each.content().path("text").asText().equals("late");
      boolean isEnd = each.content().path("execution_state").asText().equals("idle");
      assertTrue(sent || !isEnd || !each.parentId().equals(later.id()), "idle before it was sent");
    }
    assertTrue(sent, "not sent at all");
  }

  @Test
  void aFailureOfABackgroundThreadIsPrintedToItsCell() throws Exception {
    live.interpreter.on(
        "spawn",
        output ->
            new Thread(
                    () -> {
                      throw new IllegalStateException("lost?");
                    })
                .start());
    var cell = live.client.submit(rft.wire.ExecuteRequest.of("spawn"));
    WireMessage stream = live.awaitPublished(each -> each.type().equals("stream"));
    assertTrue(stream.content().path("text").asText().contains("lost?"));
    assertEquals(cell.id(), stream.parentId());
  }

  @Test
  void theCommonPoolPrintsToTheCellThatRuns() throws Exception {
    ScriptedInterpreter.Body body =
        output ->
            IntStream.range(0, 64)
                .parallel()
                .forEach(
                    i -> {
                      Thread.onSpinWait();
                      System.out.print("x");
                    });
    for (int i = 0; i < 5; i++) {
      assertEquals(64, live.run("parallel", body).printed("stdout").length());
    }
  }

  @Test
  void closingSystemOutSilencesNobody() throws Exception {
    live.run("close", output -> System.out.close());
    assertEquals("on", live.run("print", output -> System.out.print("on")).printed("stdout"));
  }

  @Test
  void anUpdateCarriesTheIdOfWhatItReplaces() throws Exception {
    LiveKernel.Ran ran =
        live.run(
            "live",
            output -> {
              DisplayData first = new DisplayData("first");
              first.putHTML("<b>first</b>");
              first.setDisplayId("d1");
              output.display(first);
              DisplayData second = new DisplayData("second");
              second.putHTML("<b>second</b>");
              second.setDisplayId("d1");
              output.update(second);
            });
    assertEquals(
        List.of("status", "execute_input", "display_data", "update_display_data", "status"),
        ran.types());
    for (WireMessage each : ran.messages().subList(2, 4)) {
      assertEquals("d1", each.content().path("transient").path("display_id").asText());
      assertEquals(2, each.content().path("data").size());
      assertTrue(each.content().path("metadata").isObject());
    }
    assertEquals(
        "<b>second</b>", ran.messages().get(3).content().path("data").path("text/html").asText());
  }

  @Test
  void clearingComesAfterWhatWasPrintedBefore() throws Exception {
    LiveKernel.Ran ran =
        live.run(
            "clear",
            output -> {
              System.out.print("old");
              output.clear(true);
              System.out.print("new");
            });
    assertEquals(
        List.of("status", "execute_input", "stream", "clear_output", "stream", "status"),
        ran.types());
    assertTrue(ran.of("clear_output").get(0).content().path("wait").asBoolean());
  }

  @Test
  void whatIsReadFromAClosedTerminalEndsAtOnce() throws IOException {
    assertEquals(-1, System.in.read());
  }
}
