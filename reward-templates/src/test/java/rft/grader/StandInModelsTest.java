package rft.grader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import rft.dataset.Message;
import rft.judge.ChatException;
import rft.judge.ChatModel;
import rft.judge.ChatRequest;

final class StandInModelsTest {
  private static ChatModel model(String setting, String name) {
    return StandInModels.of(Map.of(StandInModels.VARIABLE, setting)).apply(name);
  }

  @Test
  void aListNamesWhoStandsIn() {
    String list = "o4-mini-2025-04-16=small@http://127.0.0.1:9/v1, *=other@http://127.0.0.1:8/v1";
    assertEquals("small", model(list, "o4-mini-2025-04-16").name());
    assertEquals("other", model(list, "gpt-4o-2024-08-06").name());
  }

  @Test
  void anAddressThatIsNoneIsSaidWhenItIsAsked() {
    ChatModel wrong = model("*=other@http://", "o3-2025-04-16");
    ChatException e =
        assertThrows(
            ChatException.class,
            () -> wrong.ask(new ChatRequest(List.of(Message.user("a")), Map.of())));
    assertTrue(String.valueOf(e.getMessage()).startsWith("RFT_GRADER_MODELS: "), e.getMessage());
  }
}
