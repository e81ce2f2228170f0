package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import rft.run.RunHome;
import rft.run.RunWriter;

/** A fork goes on from a checkpoint of another run, with its options where none are given. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
final class ForkTest {
  @TempDir Path folder;

  @Test
  void aForkKeepsWhatIsNotGivenAndNamesItsOrigin() throws Exception {
    UserHome user = UserHome.within(folder);
    String origin = user.trained("--data=json", "--steps=4", "--loss=bnpo", "--seed=5");
    Launch.Outcome forked =
        user.ok("train", "--fork", origin + "@3", "--lr", "1e-4", "--steps", "5");
    String fork = user.runs().stream().filter(run -> !run.equals(origin)).findFirst().orElseThrow();
    assertTrue(forked.out().startsWith(fork + "  all 5 steps done"), forked.out());

    JsonNode header = user.header(fork);
    assertEquals(origin + "@3", header.path("forkedFrom").asText());
    assertEquals(1e-4, header.path("options").path("optimizer").path("learningRate").asDouble());
    assertEquals(withoutChanges(user.header(origin)), withoutChanges(header));
    JsonNode shown = user.json("runs", "show", fork);
    assertEquals("forked", shown.path("events").get(0).path("kind").asText());
    List<JsonNode> points = shown.path("metrics").path("train/loss").findValues("step");
    assertEquals(List.of(4, 5), points.stream().map(JsonNode::asInt).toList());
  }

  private static JsonNode withoutChanges(JsonNode header) {
    ObjectNode options = header.path("options").deepCopy();
    ((ObjectNode) options.path("optimizer")).remove("learningRate");
    ((ObjectNode) options.path("loop")).remove("steps");
    return options;
  }

  @Test
  void aForkThatWasKilledBeforeItHadItsCheckpointStillBeginsWithIt() throws Exception {
    UserHome user = new UserHome(folder);
    String origin = user.trained("--data=json", "--steps=2");
    user.ok("train", "--fork", origin + "@2", "--steps=3");
    String fork = user.runs().stream().filter(run -> !run.equals(origin)).findFirst().orElseThrow();
    double loss = user.lastMetric(fork, "train/loss");
    forget(user, fork);
    user.ok("train", "--resume", fork);
    assertEquals(
        "forked", user.json("runs", "show", fork).path("events").get(0).path("kind").asText());
    assertEquals(loss, user.lastMetric(fork, "train/loss"));
    forget(user, fork);
    forget(user, origin);
    UserHome.assertRefused(
        1, "no checkpoint of step 2, only of []", user.rft("train", "--resume", fork));
  }

  /** Leaves of a run what it has before its first checkpoint. */
  private static void forget(UserHome user, String run) throws Exception {
    try (RunWriter writer =
        RunWriter.resume(new RunHome(user.run(run).getParent().getParent()).open(run))) {
      writer.truncateAfter(-1);
    }
  }

  @Test
  void aForkMayTakeAnotherRewardAndDataset() throws Exception {
    UserHome user = UserHome.within(folder);
    String origin = user.trained("--data=json", "--steps=2");
    user.ok("train", "--fork", origin + "@1", "--reward=parses-as-json", "--data=dates");
    String fork = user.runs().stream().filter(run -> !run.equals(origin)).findFirst().orElseThrow();
    assertEquals("parses-as-json", user.header(fork).path("reward").path("name").asText());
    String dataset = user.header(fork).path("options").path("inputs").path("dataset").asText();
    assertTrue(dataset.endsWith("dates.jsonl"), dataset);
  }

  @Test
  void validationGoesByTheCheckAndSoDoesAFork() throws Exception {
    UserHome user = UserHome.within(folder);
    String origin =
        user.trained("--data=json", "--reward=parses-as-json", "--check=json-match", "--steps=2");
    assertEquals("json-match", user.header(origin).path("check").path("name").asText());
    double accuracy = user.lastMetric(origin, "validation/accuracy");
    assertTrue(accuracy < user.lastMetric(origin, "reward/mean"), "accuracy " + accuracy);
    user.ok("train", "--fork", origin + "@1");
    String fork = user.runs().stream().filter(run -> !run.equals(origin)).findFirst().orElseThrow();
    assertEquals("json-match", user.header(fork).path("check").path("name").asText());
    assertEquals(accuracy, user.lastMetric(fork, "validation/accuracy"));
  }

  @Test
  void whatCannotBeForkedIsRefused() throws Exception {
    UserHome user = UserHome.within(folder);
    String origin = user.trained("--data=json", "--steps=2");
    refused(user, 4, "has no checkpoint of step 9, only of [0, 1, 2]", origin + "@9");
    refused(user, 2, "must be RUN@STEP", origin);
    refused(user, 4, "the nearest is " + origin, origin + "x@1");
    refused(user, 2, "give more with --steps", origin + "@2");
    refused(user, 2, "cannot change in a fork", origin + "@1", "--rank=4");
    refused(user, 2, "leave out --seeds", origin + "@1", "--seeds=2");
    assertEquals(List.of(origin), user.runs());
  }

  private static void refused(UserHome user, int code, String part, String point, String... others)
      throws Exception {
    String[] arguments = new String[others.length + 3];
    arguments[0] = "train";
    arguments[1] = "--fork";
    arguments[2] = point;
    System.arraycopy(others, 0, arguments, 3, others.length);
    UserHome.assertRefused(code, part, user.rft(arguments));
  }

  @Test
  void severalSeedsStateTheirSpread() throws Exception {
    UserHome user = UserHome.within(folder);
    Launch.Outcome outcome =
        user.train("--data=json", "--steps=2", "--seed=7", "--seeds=2", "--json");
    assertEquals(0, outcome.exitCode(), outcome.err());
    JsonNode report = UserHome.read(outcome.out());
    List<JsonNode> best = report.path("runs").findValues("validation_best");
    assertEquals(2, best.size());
    assertEquals(List.of(7, 8), report.findValues("seed").stream().map(JsonNode::asInt).toList());
    double mean = (best.get(0).asDouble() + best.get(1).asDouble()) / 2;
    assertEquals(mean, report.path("spread").path("mean").asDouble(), 1e-12);
    assertTrue(outcome.err().contains("seed 8 (2 of 2)"), outcome.err());
    assertEquals(2, user.runs().size());
  }

  @Test
  void seedsThatWereNeverValidatedHaveNoSpread() throws Exception {
    UserHome user = UserHome.within(folder);
    String[] unvalidated = {"--data=json", "--steps=1", "--seeds=2", "--validate-every=0"};
    Launch.Outcome outcome = user.train(unvalidated);
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertFalse((outcome.out() + outcome.err()).contains("NaN"), outcome.out());
    assertEquals(2, user.runs().size());
  }
}
