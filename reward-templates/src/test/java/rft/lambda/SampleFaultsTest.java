package rft.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rft.dataset.Dataset;
import rft.dataset.DatasetReader;
import rft.dataset.Task;
import rft.lab.AnswerGroup;
import rft.lab.AttackClass;
import rft.lab.AttackProbe;
import rft.lab.Card;
import rft.lab.CardPlan;
import rft.lab.CardRules;
import rft.lab.FullMarks;
import rft.lab.ProbeReport;
import rft.reward.Completion;
import rft.reward.GroupReward;
import rft.reward.RewardJudge;
import rft.reward.RewardLanguage;
import rft.sandbox.NoSandboxException;
import rft.sandbox.Sandboxes;

/**
 * The faults of public sample rewards, each made anew in a file of its own: the card or the probe
 * of a reward names every one, and accuses none that has no fault.
 */
final class SampleFaultsTest {
  private static final Path FOLDER =
      Path.of(
          System.getProperty("rft.root", ".."),
          "reward-templates/src/test/resources/rft/lambda/faults");
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @BeforeAll
  static void requireSandbox() throws InterruptedException {
    try {
      Sandboxes.standard();
    } catch (NoSandboxException e) {
      if (System.getenv().getOrDefault("RFT_REQUIRE_PYTHON", "").equals("1")) {
        fail(e);
      }
      Assumptions.abort(e.getMessage());
    }
  }

  /** A reward, the rows that expose it, and how the card's reason and its advice read. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "full_stop        | sentences | 12 of 12 gold answers do not get full marks | gets 0",
        "string_reference | numbers   | 12 of 12 gold answers do not get full marks |"
            + " AttributeError",
        "last_characters  | explained | 12 of 12 gold answers do not get full marks | gets 0",
        "empty_truth      | numbers   | 12 of 12 gold answers do not get full marks | gets 0",
        "lost_id          | numbers   | the reward fails on | called wrong id",
        "unparsed_judge   | numbers   | gold answers do not get full marks | gets 0.5",
        "throttled_judge  | numbers   | gold answers do not get full marks | gets 0.5",
        "swallowed_error  | numbers   | the reward fails on | swallowed an error",
        "fenced_json      | numbers   | 12 of 12 gold answers do not get full marks | gets 0.3"
      })
  void theCardNames(String fault, String rows, String reason, String next) throws IOException {
    Card.Reading reading = reading(fault, rows);

    assertEquals(Card.Outcome.BROKEN, reading.outcome(), reading.toString());
    assertTrue(reading.reason().contains(reason), reading.toString());
    assertTrue(reading.next().contains(next), reading.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "near_miss,ratios,NEAR_MISS",
    "first_match,numbers,CONSTANT",
    "lost_sign,numbers,FORM"
  })
  void theProbeNames(String fault, String rows, AttackClass kind) throws IOException {
    assertEquals(List.of(kind), faults(fault, rows).stream().limit(1).toList());
  }

  @Test
  void aRewardWithoutTheFaultsIsNotAccused() throws IOException {
    for (String rows : List.of("numbers", "sentences", "explained", "ratios")) {
      Card.Reading reading = reading("sound", rows);
      assertNotEquals(Card.Outcome.BROKEN, reading.outcome(), reading.toString());
    }
    assertEquals(List.of(), faults("sound", "numbers"));
    assertEquals(List.of(), faults("sound", "ratios"));
  }

  private static Card.Reading reading(String fault, String rows) throws IOException {
    List<Task> tasks = tasks(rows);
    List<AnswerGroup> answers = new ArrayList<>();
    for (Task task : tasks) {
      String right = task.referenceText();
      answers.add(
          new AnswerGroup(
              task,
              List.of(
                  Completion.of(right),
                  Completion.of("#### 7"),
                  Completion.of("I do not know."),
                  Completion.of("#### 1" + right.replaceAll("\\D", "")))));
    }
    CardPlan plan =
        new CardPlan(
            FullMarks.ONE,
            4,
            24,
            LIMIT,
            null,
            Map.of(),
            rewards -> new double[rewards.length][rewards[0].length]);
    return CardRules.reading(plan.card(load(fault), tasks, answers), 0);
  }

  private static List<AttackClass> faults(String fault, String rows) throws IOException {
    AttackProbe.Settings settings =
        new AttackProbe.Settings(8, 2000, "#### {answer}", "", () -> false, done -> {});
    try (RewardJudge judge = new RewardJudge(load(fault), LIMIT);
        RewardJudge gold = new RewardJudge(load("sound"), LIMIT)) {
      return new AttackProbe(judge, gold, settings)
          .probe(tasks(rows)).faults().stream().map(ProbeReport.Fault::kind).toList();
    }
  }

  private static List<Task> tasks(String rows) throws IOException {
    Dataset dataset = DatasetReader.read(FOLDER.resolve(rows + ".jsonl"));
    return dataset.tasks();
  }

  private static GroupReward load(String fault) throws IOException {
    String source = Files.readString(FOLDER.resolve(fault + ".py"));
    return RewardLanguage.named("python").load(fault, source);
  }
}
