package rft.reward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.dataset.Task;

final class RewardLanguageTest {
  private static final RewardLanguage LENGTH = RewardLanguage.named("length");

  @Test
  void aRewardThatIsNotJavaScoresAndSurvivesItsJar(@TempDir Path folder) throws IOException {
    RewardUnit unit = RewardUnit.of(LENGTH, "long", "4");
    unit.writeJar(folder.resolve("long.jar"));

    RewardUnit read = RewardUnit.readJar(folder.resolve("long.jar"));

    assertEquals(unit, read);
    assertEquals("length", read.language());
    assertEquals("4", read.source());
    assertEquals(Map.of("length", 1.0), read.weights());
    assertEquals(List.of(Score.of(0.5)), read.load().score(Task.of("t", "p", "a"), List.of(two())));
  }

  private static Completion two() {
    return Completion.of("ab");
  }

  @Test
  void theSameSourceInAnotherLanguageIsAnotherReward() {
    RewardUnit length = RewardUnit.of(LENGTH, "four", "4");
    RewardUnit other = RewardUnit.of(LENGTH, "four", "5");

    assertNotEquals(length, other);
  }

  @Test
  void aSourceThatCannotBeARewardIsRefused() {
    RewardCompileException refused =
        assertThrows(RewardCompileException.class, () -> RewardUnit.of(LENGTH, "x", "four"));

    assertEquals("\"four\" is no length", refused.problems().get(0).message());
  }

  @Test
  void aLanguageIsFoundByFileAndByAddress() {
    assertEquals(Optional.of("length"), RewardLanguage.ofFile("a.len").map(RewardLanguage::name));
    assertEquals(
        Optional.of("length"), RewardLanguage.ofAddress("length:4").map(RewardLanguage::name));
    assertTrue(RewardLanguage.ofFile("a.txt").isEmpty());
    assertThrows(IllegalArgumentException.class, () -> RewardLanguage.named("cobol"));
  }
}
