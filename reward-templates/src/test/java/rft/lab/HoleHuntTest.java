package rft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rft.dataset.Task;
import rft.reward.Completion;
import rft.reward.GroupReward;
import rft.reward.RewardFunction;
import rft.reward.RewardJudge;

final class HoleHuntTest {
  private static final List<Task> TASKS = tasks();
  private static final GroupReward EXACT =
      check((text, answer) -> text.strip().equals("#### " + answer));

  private static List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 31; i < 37; i++) {
      tasks.add(Task.of("t" + i, "How much is " + i + " plus 7?", String.valueOf(i + 7)));
    }
    return tasks;
  }

  private static GroupReward check(BiPredicate<String, String> check) {
    return RewardFunction.ofCheck((task, done) -> check.test(done.text(), task.referenceText()))
        .asGroup();
  }

  private static HoleHunt.Found hunt(
      GroupReward reward, @Nullable GroupReward gold, List<AnswerGroup> answers) {
    Duration limit = Duration.ofSeconds(5);
    AttackProbe.Settings settings =
        new AttackProbe.Settings(6, 100_000, null, "", () -> false, done -> {});
    try (RewardJudge judge = new RewardJudge(reward, limit);
        RewardJudge check = new RewardJudge(gold == null ? reward : gold, limit)) {
      HoleHunt hunt = new HoleHunt(judge, gold == null ? null : check, settings, 7);
      hunt.begin(TASKS);
      answers.forEach(group -> hunt.take(group, "sampled"));
      hunt.mutate(12, () -> false);
      hunt.shrink(() -> false);
      return hunt.found();
    }
  }

  @Test
  void nothingIsFoundInAnExactCheckHoweverLongOneLooks() {
    GroupReward lastNumber =
        check((text, answer) -> text.strip().replaceAll("(?s).*[^\\d-]", "").equals(answer));
    for (GroupReward sound : List.of(EXACT, lastNumber)) {
      HoleHunt.Found found = hunt(sound, EXACT, List.of());
      assertEquals(List.of(), found.holes());
      assertTrue(found.attempts() > 500, () -> "attempts " + found.attempts());
    }
  }

  @Test
  void aHoleIsShrunkToWhatItCannotDoWithout() {
    GroupReward loose = check((text, answer) -> text.matches("(?s).*#### \\d.*"));
    HoleHunt.Found found = hunt(loose, EXACT, List.of());
    assertEquals(Map.of(AttackClass.FORM, 6), found.tasksByClass());
    Hole hole = found.holes().get(0);
    assertEquals(AttackClass.FORM, hole.kind());
    assertTrue(hole.text().matches("#### \\d+"), hole.text());
    assertEquals(1, hole.reward());
    assertEquals(0.0, hole.trueScore());
    assertEquals(1, hole.goldReward());
  }

  @Test
  void whatNoRuleForesawIsFoundInTheAnswersOfAModel() {
    GroupReward odd =
        check((text, answer) -> text.contains("blue") || text.strip().equals("#### " + answer));
    assertEquals(List.of(), hunt(odd, EXACT, List.of()).holes());
    List<AnswerGroup> answers =
        TASKS.stream()
            .map(
                task ->
                    new AnswerGroup(
                        task, List.of(Completion.of("so blue it is, #### 5"), Completion.of("no"))))
            .toList();
    HoleHunt.Found found = hunt(odd, EXACT, answers);
    assertFalse(found.holes().isEmpty());
    assertEquals("blue", found.holes().get(0).text());
    assertEquals(AttackClass.KEYWORDS, found.holes().get(0).kind());
  }

  @Test
  void checksThatDifferInFormAloneShowNoHole() {
    GroupReward bare = check((text, answer) -> text.strip().replace("#### ", "").equals(answer));
    assertEquals(List.of(), hunt(bare, EXACT, List.of()).holes());
  }

  @Test
  void theAnswerInDigitsOfAnotherScriptIsNoHole() {
    GroupReward anyDigits =
        check((text, answer) -> text.matches("#### \\p{Nd}+") && number(text) == number(answer));
    assertEquals(List.of(), hunt(anyDigits, EXACT, List.of()).holes());
  }

  private static int number(String text) {
    return Integer.parseInt(text.replace("#### ", ""));
  }

  @Test
  void aRewardThatPaysAllAlikeIsAccusedOfThatAlone() {
    HoleHunt.Found found = hunt(check((text, answer) -> false), EXACT, List.of());
    assertEquals(Map.of(AttackClass.CONSTANT, 6), found.tasksByClass());
  }

  @Test
  void withoutAGoldCheckTheTrueScoreIsLeftToTheReader() {
    GroupReward loose = check((text, answer) -> text.matches("(?s).*#### \\d.*"));
    Hole hole = hunt(loose, null, List.of()).holes().get(0);
    assertNull(hole.trueScore());
  }

  @Test
  void theSameSeedFindsTheSameHoles() {
    GroupReward loose = check(String::contains);
    assertEquals(hunt(loose, EXACT, List.of()), hunt(loose, EXACT, List.of()));
  }

  @Test
  void aHoleBecomesAnExampleThatTheRewardFailsAndItsRepairMeets() {
    GroupReward loose = check(String::contains);
    RewardExample example = hunt(loose, EXACT, List.of()).holes().get(0).asExample();
    assertNotNull(example.why());
    assertFalse(example.isMetBy(loose.score(example.task(), List.of(example.completion())).get(0)));
    assertTrue(example.isMetBy(EXACT.score(example.task(), List.of(example.completion())).get(0)));
  }
}
