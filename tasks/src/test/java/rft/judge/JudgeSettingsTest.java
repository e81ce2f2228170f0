package rft.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rft.dataset.Message;
import rft.reward.Failure;

final class JudgeSettingsTest {
  private static final ChatRequest HELLO =
      new ChatRequest(List.of(Message.user("Hello")), Map.of());

  private static JudgeSettings of(Map<String, String> set) {
    return new JudgeSettings(set::get);
  }

  @Test
  void everySettingReachesTheEndpoint() {
    ChatEndpoint endpoint =
        of(Map.of(
                "RFT_JUDGE_URL", "https://example.org/v1",
                "RFT_JUDGE_MODEL", "m",
                "RFT_JUDGE_KEY_ENV", "MY_KEY",
                "RFT_JUDGE_TIMEOUT_SECONDS", "1.5",
                "RFT_JUDGE_RETRIES", "1",
                "RFT_JUDGE_CONCURRENCY", "3",
                "RFT_JUDGE_PRICES", "1, 0.25, 4"))
            .endpoint(null);
    assertEquals("MY_KEY", endpoint.keyVariable());
    assertEquals(Duration.ofMillis(1500), endpoint.timeout());
    assertEquals(1, endpoint.retry().most());
    assertEquals(3, endpoint.concurrency());
    assertEquals(new Prices(1, 0.25, 4), endpoint.prices());
  }

  @Test
  void whereNothingIsSetEveryQuestionFailsAndSaysWhatToSet() {
    ChatException e = assertThrows(ChatException.class, () -> of(Map.of()).model().ask(HELLO));
    assertEquals(Failure.Kind.SERVICE, e.kind());
    for (String name : List.of("RFT_JUDGE_URL", "RFT_JUDGE_MODEL", "RFT_JUDGE_KEY_ENV")) {
      assertTrue(e.getMessage().contains(name), e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RFT_JUDGE_TIMEOUT_SECONDS,soon",
    "RFT_JUDGE_PRICES,cheap",
    "RFT_JUDGE_PRICES,1",
    "RFT_JUDGE_RETRIES,-1",
    "RFT_JUDGE_CONCURRENCY,0",
    "RFT_JUDGE_URL,nowhere"
  })
  void aSettingWithoutSenseIsNamed(String name, String value) {
    Map<String, String> set =
        new java.util.HashMap<>(
            Map.of("RFT_JUDGE_URL", "http://127.0.0.1:1/v1", "RFT_JUDGE_MODEL", "m"));
    set.put(name, value);
    ChatException e = assertThrows(ChatException.class, () -> of(set).model().ask(HELLO));
    assertTrue(e.getMessage().contains(value), e.getMessage());
  }

  @Test
  void equalSettingsShareOneModel() {
    Map<String, String> set =
        Map.of("RFT_JUDGE_URL", "http://127.0.0.1:1/v1", "RFT_JUDGE_MODEL", "shared");
    assertSame(of(set).model(), of(set).model());
    assertEquals("other", of(set).model("other").name());
  }
}
