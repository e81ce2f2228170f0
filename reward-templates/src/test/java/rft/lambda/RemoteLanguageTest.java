package rft.lambda;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rft.reward.RewardCompileException;
import rft.reward.RewardLanguage;

final class RemoteLanguageTest {
  private static final RemoteLanguage REMOTE = new RemoteLanguage(Map.of());

  @Test
  void addressesAndCommandsAreRemoteRewards() {
    for (String text : new String[] {"http://127.0.0.1:8/", "https://a.example", "command:./a"}) {
      assertEquals(Optional.of("remote"), RewardLanguage.ofAddress(text).map(RewardLanguage::name));
    }
  }

  @Test
  void whatLeavesTheMachineMustBeAllowedByName() {
    String away = "https://score.example/lambda";
    assertEquals(
        "line 1, column 1: prompts, completions and references would leave this machine for"
            + " score.example; to allow it set RFT_REWARD_HOSTS=score.example",
        problem(REMOTE, away));
    RemoteLanguage allowed =
        new RemoteLanguage(Map.of(RemoteLanguage.HOSTS, "other.example, Score.example"));
    assertDoesNotThrow(() -> allowed.check("r", away));
    assertThrows(IllegalArgumentException.class, () -> REMOTE.load("r", away));
  }

  @Test
  void aTokenLeavesTheMachineOnlyEncrypted() {
    RemoteLanguage allowed =
        new RemoteLanguage(
            Map.of(RemoteLanguage.HOSTS, "score.example", RemoteLanguage.TOKEN, "secret"));
    assertTrue(problem(allowed, "http://score.example/").endsWith("in clear text: use https"));
    assertDoesNotThrow(() -> allowed.check("r", "https://score.example/"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://                                | no address",
        "http:///x                              | names no host",
        "http://me:secret@127.0.0.1/            | holds a password",
        "http://127.0.0.1/#secnds=3             | unknown option secnds; did you mean seconds?",
        "http://127.0.0.1/#batch=0              | must be a number above 0",
        "http://127.0.0.1/#seconds=soon         | must be a number above 0",
        "command:                               | no program",
        "command:./not-there --x                | ./not-there does not exist"
      })
  void aWrongAddressIsOneSentence(String source, String word) {
    String problem = problem(REMOTE, source);
    assertTrue(problem.contains(word), problem);
  }

  @Test
  void optionsStandInTheFragment() {
    RemoteAddress address =
        RemoteAddress.parse("http://localhost:8#seconds=0.5&retries=0&batch=2&parallel=9");

    assertEquals("http://localhost:8/", address.uri().toString());
    assertEquals(500, address.timeout().toMillis());
    assertEquals(0, address.retries());
    assertEquals(2, address.batch());
    assertEquals(9, address.parallel());
    assertTrue(address.isLoopback());
    assertTrue(!RemoteAddress.parse("http://127.0.0.1.evil.example/").isLoopback());
  }

  private static String problem(RewardLanguage language, String source) {
    return assertThrows(RewardCompileException.class, () -> language.check("r", source))
        .problems()
        .get(0)
        .sentence();
  }
}
