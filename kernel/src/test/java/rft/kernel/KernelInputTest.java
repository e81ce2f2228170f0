package rft.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rft.wire.ExecuteRequest;
import rft.wire.PendingReply;

/** Cells that ask the user, and cells that are interrupted. */
final class KernelInputTest {
  private LiveKernel live;

  @BeforeEach
  void start() throws Exception {
    live = new LiveKernel();
  }

  @AfterEach
  void stop() {
    live.close();
  }

  private LiveKernel.Ran runWithUser(String code, LiveKernel.User user) throws Exception {
    return live.await(live.client.submit(ExecuteRequest.of(code).withInput()), user);
  }

  @Test
  void aScannerReadsWhatTheUserEnters() throws Exception {
    live.interpreter.on(
        "scan",
        output -> {
          System.out.print("name? ");
          Scanner scanner = new Scanner(System.in, StandardCharsets.UTF_8);
          System.out.print("hello " + scanner.nextLine() + ", " + scanner.nextInt());
        });
    List<String> answers = new ArrayList<>(List.of("Jürgen \uD83D\uDE00", "42"));
    LiveKernel.Ran ran = runWithUser("scan", (prompt, password) -> Optional.of(answers.remove(0)));
    assertEquals("name? hello Jürgen \uD83D\uDE00, 42", ran.printed("stdout"));
  }

  @Test
  void aReaderReadsLineByLineAndSingleBytesAreNeverNegative() throws Exception {
    live.interpreter.on(
        "read",
        output -> {
          int first = System.in.read();
          int second = System.in.read();
          System.out.print(first + " " + second + " ");
          BufferedReader reader =
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
          System.out.print(reader.readLine() + reader.readLine());
        });
    List<String> answers = new ArrayList<>(List.of("üx", "next"));
    LiveKernel.Ran ran = runWithUser("read", (prompt, password) -> Optional.of(answers.remove(0)));
    assertEquals("195 188 xnext", ran.printed("stdout"));
  }

  @Test
  void aQuestionHasAPromptAndMayBeSecret() throws Exception {
    live.interpreter.on(
        "ask", output -> System.out.print(Ask.line("name: ") + Ask.password("key: ")));
    List<String> asked = new ArrayList<>();
    LiveKernel.Ran ran =
        runWithUser(
            "ask",
            (prompt, password) -> {
              asked.add(prompt + password);
              return Optional.of("<" + prompt + ">");
            });
    assertEquals(List.of("name: false", "key: true"), asked);
    assertEquals("<name: ><key: >", ran.printed("stdout"));
  }

  @Test
  void withoutAUserACellIsToldSo() throws Exception {
    LiveKernel.Ran ran =
        live.run("scan", output -> new Scanner(System.in, StandardCharsets.UTF_8).nextLine());
    assertEquals("error", ran.status());
    assertTrue(ran.reply().path("evalue").asText().contains("cannot ask for input"));
  }

  @Test
  void anInterruptEndsAQuestionAndTheNextAnswerIsRight() throws Exception {
    live.interpreter.on(
        "scan",
        output -> System.out.print(new Scanner(System.in, StandardCharsets.UTF_8).nextLine()));
    CountDownLatch asked = new CountDownLatch(1);
    PendingReply first = live.client.submit(ExecuteRequest.of("scan").withInput());
    Thread user =
        new Thread(
            () -> {
              try {
                asked.await();
                live.client.interrupt();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    user.start();
    LiveKernel.Ran ran =
        live.await(
            first,
            (prompt, password) -> {
              asked.countDown();
              return Optional.empty();
            });
    user.join();
    assertEquals("error", ran.status());
    // An answer to a question that nobody asks any more.
    live.client.request(
        rft.wire.Channel.STDIN,
        "input_reply",
        JsonNodeFactory.instance.objectNode().put("value", "stale"),
        false);
    live.client.kernelInfo();
    assertEquals(
        "right", runWithUser("scan", (prompt, password) -> Optional.of("right")).printed("stdout"));
  }

  @Test
  void anInterruptEndsTheCellGivesUpTheNextAndLeavesTheKernelWhole() throws Exception {
    live.interpreter.on("wait", output -> new CountDownLatch(1).await());
    PendingReply cell = live.client.submit(ExecuteRequest.of("wait"));
    PendingReply next = live.client.submit(ExecuteRequest.of("1+1"));
    live.awaitPublished(each -> each.type().equals("execute_input"));
    live.client.kernelInfo();
    live.client.interrupt();
    assertEquals("Interrupted", live.await(cell).reply().path("ename").asText());
    assertEquals("aborted", live.await(next).status());
    assertEquals("ok", live.run("1+1").status());
  }

  @Test
  void anInterruptWithoutACellDoesNothing() throws Exception {
    live.client.interrupt();
    assertEquals("ok", live.run("1+1").status());
    assertEquals(0, live.interpreter.interrupts.get());
  }
}
