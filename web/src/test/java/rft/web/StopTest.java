package rft.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.http.Context;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server stops while it answers. */
final class StopTest {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @TempDir Path folder;

  private void slow(Context context) throws InterruptedException {
    begun.countDown();
    boolean done = released.await(20, TimeUnit.SECONDS);
    context.json(Map.of("done", done));
  }

  private TestServer server() throws IOException {
    return new TestServer(
        folder,
        ServerAddress.loopback(0),
        List.of(routes -> routes.get("/api/slow", this::slow, RouteMark.OPEN)));
  }

  private static CompletableFuture<RawClient.Reply> ask(TestServer web) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return web.client.get("/api/slow");
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        });
  }

  @Test
  void aRequestThatIsBeingAnsweredMayFinish() throws Exception {
    TestServer web = server();
    CompletableFuture<RawClient.Reply> reply = ask(web);
    assertTrue(begun.await(10, TimeUnit.SECONDS));
    CompletableFuture<Void> stop = CompletableFuture.runAsync(web::close);
    Thread.sleep(100);
    released.countDown();
    stop.get(10, TimeUnit.SECONDS);
    assertEquals("{\"done\":true}", reply.get(10, TimeUnit.SECONDS).body());
    assertThrows(ConnectException.class, () -> web.client.get("/"));
  }

  @Test
  void aRequestThatHangsIsLeftBehind() throws Exception {
    TestServer web = server();
    CompletableFuture<RawClient.Reply> reply = ask(web);
    assertTrue(begun.await(10, TimeUnit.SECONDS));
    long start = System.nanoTime();
    web.close();
    assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10));
    assertThrows(ConnectException.class, () -> web.client.get("/"));
    released.countDown();
    reply.handle((answer, failure) -> answer).get(10, TimeUnit.SECONDS);
  }
}
