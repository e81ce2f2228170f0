package rft.lambda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.reward.Completion;
import rft.reward.Verdict;

final class LambdaJarTest {
  @TempDir static Path folder;
  private static Path jar;

  @BeforeAll
  static void write() throws IOException {
    jar = folder.resolve("out.jar");
    LambdaJar.write(TestRewards.thirds(), jar);
  }

  /** The loader sees the JDK and the jar alone, as the function's machine does. */
  private byte[] call(String event) throws Exception {
    String[] handler = RewardHandler.HANDLER.split("::");
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = Class.forName(handler[0], true, loader);
      Object function = type.getConstructor().newInstance();
      ByteArrayOutputStream reply = new ByteArrayOutputStream();
      type.getMethod(handler[1], InputStream.class, OutputStream.class)
          .invoke(
              function, new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), reply);
      return reply.toByteArray();
    }
  }

  @Test
  void theJarAloneGivesTheSameBitsAsTheReward() throws Exception {
    List<Completion> group = TestRewards.group();
    LambdaEvent event = LambdaEvent.of(TestRewards.TASK, group);
    List<Verdict> local = TestRewards.thirds().load().score(TestRewards.TASK, group);

    byte[] reply = call(event.toJson(EventShape.STANDARD));

    assertEquals(
        TestRewards.plain(local),
        LambdaReply.verdicts(new String(reply, StandardCharsets.UTF_8), event));
  }

  @Test
  void whereAScoreIsMissingTheFunctionFails() throws Exception {
    String event =
        LambdaEvent.of(TestRewards.TASK, List.of(Completion.of("throw")))
            .toJson(EventShape.DOCUMENTED);

    Throwable thrown = assertThrows(InvocationTargetException.class, () -> call(event)).getCause();

    assertEquals(LambdaException.class.getName(), thrown.getClass().getName());
    assertTrue(
        thrown.getMessage().startsWith("1 of 1 rollouts have no score"), thrown.getMessage());
  }

  @Test
  void equalRewardsGiveEqualBytes() throws Exception {
    LambdaJar.write(TestRewards.thirds(), folder.resolve("again.jar"));

    assertArrayEquals(Files.readAllBytes(jar), Files.readAllBytes(folder.resolve("again.jar")));
    // The service takes at most 50 MB at once.
    assertTrue(Files.size(jar) < 5_000_000);
  }
}
