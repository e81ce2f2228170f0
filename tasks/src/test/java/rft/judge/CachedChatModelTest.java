package rft.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.dataset.Message;
import rft.reward.Failure;

final class CachedChatModelTest {
  private static final Map<String, JsonNode> COLD = Map.of("temperature", IntNode.valueOf(0));
  private static final ChatReply.Usage USAGE = new ChatReply.Usage(5, 1, 0, 0.01);

  private final AtomicInteger asked = new AtomicInteger();
  private final ChatModel counting =
      new ChatModel() {
        @Override
        public String name() {
          return "m";
        }

        @Override
        public ChatReply ask(ChatRequest request) throws ChatException {
          int n = asked.incrementAndGet();
          if (request.messages().get(0).content().equals("fail")) {
            throw new ChatException(Failure.Kind.SERVICE, "down");
          }
          return new ChatReply("answer " + n, "stop", "m", USAGE);
        }
      };

  private static ChatRequest request(String text, Map<String, JsonNode> parameters) {
    return new ChatRequest(List.of(Message.user(text)), parameters);
  }

  @Test
  void theSameQuestionIsPaidForOnce() throws Exception {
    CachedChatModel model = CachedChatModel.inMemory(counting);
    assertEquals(USAGE, model.ask(request("a", COLD)).usage());
    ChatReply again = model.ask(request("a", COLD));
    assertEquals("answer 1", again.text());
    assertEquals(ChatReply.Usage.NONE, again.usage());
    assertEquals("answer 2", model.ask(request("b", COLD)).text());
    assertEquals(1, model.hits());
  }

  @Test
  void questionsThatMayBeAnsweredOtherwiseAreAskedAgain() throws Exception {
    CachedChatModel model = CachedChatModel.inMemory(counting);
    Map<String, JsonNode> warm = Map.of("temperature", DoubleNode.valueOf(0.7));
    model.ask(request("a", warm));
    model.ask(request("a", warm));
    model.ask(request("a", Map.of()));
    model.ask(request("a", Map.of()));
    assertEquals(4, asked.get());
    Map<String, JsonNode> seeded =
        Map.of("temperature", DoubleNode.valueOf(0.7), "seed", IntNode.valueOf(1));
    model.ask(request("a", seeded));
    model.ask(request("a", seeded));
    assertEquals(5, asked.get());
  }

  @Test
  void aFailureIsNotKept() {
    CachedChatModel model = CachedChatModel.inMemory(counting);
    assertThrows(ChatException.class, () -> model.ask(request("fail", COLD)));
    assertThrows(ChatException.class, () -> model.ask(request("fail", COLD)));
    assertEquals(2, asked.get());
  }

  @Test
  void aFolderIsFoundByLaterProcessesAndSurvivesABrokenFile(@TempDir Path folder) throws Exception {
    Path cache = folder.resolve("cache");
    CachedChatModel.inFolder(counting, "here", cache).ask(request("a", COLD));
    CachedChatModel later = CachedChatModel.inFolder(counting, "here", cache);
    assertEquals("answer 1", later.ask(request("a", COLD)).text());
    CachedChatModel elsewhere = CachedChatModel.inFolder(counting, "there", cache);
    assertEquals("answer 2", elsewhere.ask(request("a", COLD)).text());
    try (Stream<Path> files = Files.list(cache)) {
      for (Path file : files.toList()) {
        Files.writeString(file, "{\"te");
      }
    }
    CachedChatModel broken = CachedChatModel.inFolder(counting, "here", cache);
    assertEquals("answer 3", broken.ask(request("a", COLD)).text());
  }
}
