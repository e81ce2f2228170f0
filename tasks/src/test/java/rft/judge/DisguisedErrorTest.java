package rft.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rft.dataset.Message;
import rft.reward.Failure;

/** Endpoints that send an error as if all were well. */
final class DisguisedErrorTest {
  @Test
  void anErrorThatComesAsASuccessIsReadByItsCode() throws Exception {
    String busy = "{\"error\":{\"message\":\"too many\",\"code\":429}}";
    ChatRequest hello = new ChatRequest(List.of(Message.user("Hello")), Map.of());
    Retry once = new Retry(1, Duration.ofMillis(1), Duration.ofMillis(1));
    try (ScriptedEndpoint at =
        new ScriptedEndpoint(
            ScriptedEndpoint.json(200, busy),
            ScriptedEndpoint.says("fine"),
            ScriptedEndpoint.json(200, busy))) {
      HttpChatModel model = new HttpChatModel(ChatEndpoint.of(at.url(), "m", null).withRetry(once));
      assertEquals("fine", model.ask(hello).text());
      ChatException e = assertThrows(ChatException.class, () -> model.ask(hello));
      assertEquals(Failure.Kind.THROTTLED, e.kind());
      assertTrue(e.getMessage().contains("an error in HTTP 200: too many"), e.getMessage());
    }
  }
}
