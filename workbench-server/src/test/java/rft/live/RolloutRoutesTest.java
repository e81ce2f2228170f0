package rft.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.advantage.GroupAdvantage;
import rft.run.Metric;
import rft.run.RunFolder;
import rft.run.RunHome;
import rft.run.RunWriter;

final class RolloutRoutesTest {
  private static final int STEPS = 3;

  @TempDir static Path folder;
  private static RunHome home;
  private static RunFolder written;
  private static LivePage page;

  private RunFolder run = written;

  @BeforeAll
  static void open() throws IOException {
    home = new RunHome(folder);
    written = RolloutFixture.write(home, STEPS);
    page = LivePage.open(home);
  }

  @AfterAll
  static void close() throws IOException {
    page.close();
  }

  private JsonNode json(String rest) throws Exception {
    return page.json("/api/runs/" + run.id() + "/" + rest);
  }

  private static List<Double> numbers(JsonNode list, String field) {
    List<Double> numbers = new ArrayList<>();
    list.forEach(each -> numbers.add(each.get(field).isNull() ? null : each.get(field).asDouble()));
    return numbers;
  }

  @Test
  void stepsComeWithTheirMeanReward() throws Exception {
    JsonNode steps = json("steps");
    assertEquals("[1,2,3]", steps.get("steps").toString());
    assertEquals("[0.1,0.2,0.3]", steps.get("means").toString());
    assertEquals("finished", steps.get("status").asText());
    assertEquals("group", steps.get("scale").asText());
  }

  @Test
  void eachGroupIsALineThatSaysWhatItTeaches() throws Exception {
    JsonNode list = json("groups?step=2");
    assertEquals("[\"right\",\"form\",\"length\"]", list.get("parts").toString());
    assertTrue(list.get("reweighable").asBoolean());
    JsonNode groups = list.get("groups");
    assertEquals(3, groups.size());
    assertEquals("mixed", groups.get(0).get("mix").asText());
    assertEquals("bad", groups.get(1).get("mix").asText());
    assertEquals(0, groups.get(1).get("spread").asDouble());
    assertEquals(1, groups.get(2).get("failures").asInt());
    assertEquals(1, groups.get(2).get("truncated").asInt());
    assertEquals(3, groups.get(2).get("rewards").size());
    assertEquals("How much is 0 + 0?", groups.get(0).get("prompt").asText());
    assertEquals(3, groups.get(0).get("shortest").asInt());
    assertEquals(6, groups.get(0).get("longest").asInt());
  }

  @Test
  void theWeightsInTrainingAreFoundWithoutTheCodeOfTheReward() throws Exception {
    assertFalse(Files.exists(run.rewardJar()), "nothing could load it");
    JsonNode trained = json("groups?step=2").get("trained");
    assertEquals(RolloutFixture.WEIGHTS.size(), trained.size());
    RolloutFixture.WEIGHTS.forEach(
        (part, weight) -> assertEquals(weight, trained.get(part).asDouble(), 1e-9));
  }

  @Test
  void aGroupComesBestFirstWithPartsThatAddUp() throws Exception {
    JsonNode group = json("group?step=2&position=0");
    assertEquals("addition-0", group.get("task").asText());
    JsonNode rollouts = group.get("rollouts");
    assertEquals(List.of(0.8, 0.2, 0.0, -0.1), rounded(numbers(rollouts, "reward")));
    assertEquals(List.of(1.0, 2.0, 3.0, 4.0), numbers(rollouts, "rank"));
    for (JsonNode rollout : rollouts) {
      double sum = 0;
      for (JsonNode part : rollout.get("parts")) {
        sum += part.get("contribution").asDouble();
      }
      assertEquals(rollout.get("reward").asDouble(), sum, 1e-9);
      assertTrue(rollout.get("base").asBoolean());
    }
    assertFalse(json("group?step=1&position=0").get("rollouts").get(0).get("base").asBoolean());
  }

  private static List<Double> rounded(List<Double> numbers) {
    return numbers.stream().map(n -> n == null ? null : Math.rint(n * 1e6) / 1e6 + 0.0).toList();
  }

  @Test
  void equalAnswersAreOneClusterAndAFailureSaysWhy() throws Exception {
    JsonNode group = json("group?step=2&position=2");
    assertEquals("[[0,1]]", group.get("clusters").toString());
    JsonNode last = group.get("rollouts").get(3);
    assertEquals("exception", last.get("outcome").asText());
    assertEquals("failed: line 3: no digits", last.get("reason").asText());
    assertTrue(last.get("reward").isNull());
  }

  @Test
  void otherWeightsGiveOtherRewardsOrderAndAdvantages() throws Exception {
    JsonNode group = json("group?step=2&position=0&weights=right:0,form:1,length:0.5");
    double[] rewards = {1 + 1, 1 + 2, 0.5, 4};
    double[] advantages = GroupAdvantage.group().of(new double[][] {rewards})[0];
    assertEquals("[3,1,0,2]", indexes(group));
    for (JsonNode rollout : group.get("rollouts")) {
      int index = rollout.get("index").asInt();
      assertEquals(rewards[index], rollout.get("reward").asDouble(), 1e-12);
      assertEquals(advantages[index], rollout.get("advantage").asDouble(), 1e-12);
    }
    assertEquals(2, group.get("rollouts").get(0).get("before").get("rank").asInt());
    JsonNode standings = json("standings?step=2&position=0&weights=right:0,form:1,length:0.5");
    assertEquals(indexes(group), indexes(standings));
    assertEquals(
        numbers(group.get("rollouts"), "advantage"),
        numbers(standings.get("rollouts"), "advantage"));
    assertEquals(
        numbers(group.get("rollouts"), "rank"), numbers(standings.get("rollouts"), "rank"));
    JsonNode line = json("groups?step=2&weights=right:0,form:1,length:0.5").get("groups").get(0);
    assertEquals(group.get("mean"), line.get("mean"));
  }

  private static String indexes(JsonNode group) {
    List<Integer> indexes = new ArrayList<>();
    group.get("rollouts").forEach(rollout -> indexes.add(rollout.get("index").asInt()));
    return indexes.toString().replace(" ", "");
  }

  @Test
  void tokensGiveTheTextBackWithWhatWasStoredOfThem() throws Exception {
    JsonNode tokens = json("tokens?step=2&position=0&rollout=3");
    StringBuilder text = new StringBuilder();
    tokens.get("texts").forEach(each -> text.append(each.asText()));
    for (JsonNode rollout : json("group?step=2&position=0").get("rollouts")) {
      if (rollout.get("index").asInt() == 3) {
        assertEquals(rollout.get("text").asText(), text.toString());
      }
    }
    assertEquals(6, tokens.get("texts").size());
    assertEquals("<|end|>", tokens.get("marks").get(5).asText());
    assertEquals("[0.0,-0.25,-0.5,-0.75,-1.0,-1.25]", tokens.get("logProbs").toString());
    assertEquals("[0.0,0.5,1.0,1.5,2.0,2.5]", tokens.get("entropies").toString());
    assertEquals("[0.0,-0.5,-1.0,-1.5,-2.0,-2.5]", tokens.get("base").toString());
    assertEquals(0, json("tokens?step=1&position=0&rollout=3").get("base").size());
  }

  @Test
  void aSearchGoesOnFromWhereItStopped() throws Exception {
    JsonNode first = json("search?q=HOW%20MUCH%20IS&place=prompt");
    assertEquals(STEPS * 12, first.get("hits").size());
    assertTrue(first.get("cursor").isNull());
    assertEquals(3, first.get("hits").get(0).get("step").asInt());
    assertEquals("How much is", first.get("hits").get(0).get("match").asText());
    JsonNode rest = json("search?q=how%20much%20is&place=prompt&cursor=2.10");
    assertEquals(2 + 12, rest.get("hits").size());
    assertEquals(STEPS, json("search?outcome=failed").get("hits").size());
    assertEquals(STEPS * 3, json("search?outcome=cut").get("hits").size());
    assertEquals(0, json("search?q=How&place=answer&min=99").get("hits").size());
    assertEquals(STEPS, json("search?min=0.79&max=0.81").get("hits").size());
  }

  @Test
  void aTaskIsFollowedThroughTheSteps() throws Exception {
    JsonNode history = json("task?task=addition-0&pick=worst");
    assertEquals(STEPS, history.get("steps").size());
    for (JsonNode asked : history.get("steps")) {
      assertEquals(2, asked.get("index").asInt());
      assertEquals(-0.1, asked.get("reward").asDouble(), 1e-9);
      assertFalse(asked.get("text").asText().isEmpty());
    }
    assertEquals(404, status("task?task=nobody"));
  }

  @Test
  void aDamagedStepSaysSoAndTheRestWorks() throws Exception {
    run = RolloutFixture.write(home, STEPS);
    Path segment = run.rolloutsFolder().resolve("step-000002.rollouts");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);
    JsonNode list = json("groups?step=2");
    assertTrue(list.get("damaged").asText().contains("is damaged"), list.toString());
    assertEquals(3, list.get("groups").size());
    assertEquals("mixed", list.get("groups").get(0).get("mix").asText());
    assertEquals(422, status("group?step=2&position=0"));
    assertEquals("", json("groups?step=3").get("damaged").asText());
    JsonNode found = json("search?q=how&place=prompt");
    assertEquals("[2]", found.get("damaged").toString());
    assertEquals(2 * 12, found.get("hits").size());
    assertTrue(json("task?task=addition-0").get("steps").get(1).get("text").isNull());
  }

  @Test
  void rolloutsOfALiveRunAppearAsTheyAreWritten() throws Exception {
    RunFolder live = home.create("live");
    try (RunWriter writer = RunWriter.create(live, RolloutFixture.header(live))) {
      run = live;
      assertEquals("[]", json("steps").get("steps").toString());
      assertEquals(404, status("groups?step=1"));
      writer.writeStep(1, Map.of(Metric.REWARD_MEAN.key(), 0.5), RolloutFixture.step(1));
      assertEquals("[1]", json("steps").get("steps").toString());
      assertEquals(3, json("groups?step=1").get("groups").size());
    }
  }

  @Test
  void whatDoesNotExistIsNamedInOneSentence() throws Exception {
    assertEquals(404, status("groups?step=99"));
    assertEquals(404, status("group?step=2&position=9"));
    assertEquals(404, status("tokens?step=2&position=0&rollout=9"));
    assertEquals(400, status("groups"));
    assertEquals(400, status("groups?step=x"));
    assertEquals(400, status("group?step=2&position=0&weights=right"));
    assertEquals(400, status("group?step=2&position=0&weights=right:NaN"));
    String answer =
        page.get("/api/runs/" + run.id() + "/group?step=2&position=0&weights=rigth:1").body();
    assertTrue(answer.contains("no part"), answer);
    assertTrue(answer.contains("right"), answer);
    assertEquals(400, status("search?place=nowhere"));
    assertEquals(400, status("search?cursor=x"));
    assertEquals(400, status("search?cursor=2.-1"));
    assertEquals(404, page.get("/api/runs/nothing-here/steps").statusCode());
  }

  private int status(String rest) throws Exception {
    return page.get("/api/runs/" + run.id() + "/" + rest).statusCode();
  }
}
