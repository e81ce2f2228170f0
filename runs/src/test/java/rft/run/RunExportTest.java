package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.reward.Score;

class RunExportTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path root;

  @Test
  void csvHasOneRowPerStepAndOneColumnPerKey() throws IOException {
    RunFolder folder = SampleRun.written(root, 3);
    StringBuilder out = new StringBuilder();

    try (RunReader run = RunReader.open(folder)) {
      assertEquals(3, RunExport.csv(run, out).rows());
    }

    assertEquals(
        List.of(
            "step,reward/mean,reward/part/format,train/grad_norm,train/loss,validation/accuracy",
            "1,0.1,0.5,1.0,1.0,",
            "2,0.2,0.5,2.0,NaN,0.1",
            "3,0.3,0.5,Infinity,0.3333333333333333,"),
        out.toString().lines().toList());
  }

  @Test
  void csvQuotesKeysThatWouldBreakIt() throws IOException {
    RunFolder folder = new RunHome(root).create(null);
    StringBuilder out = new StringBuilder();
    try (RunWriter writer = RunWriter.create(folder, SampleRun.header(folder));
        RunReader run = RunReader.open(folder)) {
      writer.writeStep(1, Map.of("reward/part/a,\"b\"\n", 1.0, "=1+1", 2.0), List.of());
      RunExport.csv(run, out);
    }

    assertEquals("step,'=1+1,\"reward/part/a,\"\"b\"\"\n\"\r\n1,2.0,1.0\r\n", out.toString());
  }

  @Test
  void jsonlHasEveryRolloutWithEverything() throws IOException {
    RunFolder folder = SampleRun.written(root, 2);
    Path file = root.resolve("rollouts.jsonl");
    try (RunReader run = RunReader.open(folder)) {
      assertEquals(8, RunExport.jsonl(run, file).rows());
    }

    List<JsonNode> rows = rows(Files.readString(file));
    JsonNode first = rows.get(0);
    assertEquals(8, rows.size());
    assertEquals("task-0", first.get("task").asText());
    assertEquals("train", first.get("split").asText());
    assertEquals("answer 1.0", first.get("text").asText());
    assertEquals("[1,0,2147483647]", first.get("tokens").toString());
    assertEquals("[1,0,1]", first.get("mask").toString());
    assertEquals("[-0.5,\"-Infinity\",-1.0E-30]", first.get("log_probs").toString());
    assertEquals("[0.25,\"NaN\",0.0]", first.get("entropies").toString());
    assertEquals("[-0.25,-0.125,-1.0]", first.get("base_log_probs").toString());
    assertEquals("score", first.get("verdict").get("kind").asText());
    assertEquals(1, first.get("reward").asDouble());
    assertEquals(-0.5, first.get("advantage").asDouble());
    JsonNode failed = rows.get(3);
    assertTrue(failed.get("base_log_probs").isNull(), "absent is shown as absent");
    assertTrue(failed.get("reward").isNull());
    assertEquals("timeout", failed.get("verdict").get("failure").asText());
  }

  @Test
  void jsonlLeavesOutADamagedStepAndSaysSo() throws IOException {
    RunFolder folder = SampleRun.written(root, 3);
    Files.write(folder.rolloutsFolder().resolve("step-000002.rollouts"), new byte[7]);
    StringBuilder out = new StringBuilder();

    RunExport.Summary summary;
    try (RunReader run = RunReader.open(folder)) {
      summary = RunExport.jsonl(run, out);
    }

    assertEquals(8, summary.rows());
    assertEquals(8, rows(out.toString()).size());
    assertEquals(1, summary.problems().size());
    assertTrue(summary.problems().get(0).startsWith("step 2 is left out: "));
  }

  @Test
  void jsonlKeepsHostileTextOnOneLine() throws IOException {
    String hostile = "a\n\u2028\r\"\ud800\u202e{}";
    String foreign = "\u4e2d\u6587";
    RunFolder folder = new RunHome(root).create(null);
    Path file = root.resolve("out.jsonl");
    try (RunWriter writer = RunWriter.create(folder, SampleRun.header(folder));
        RunReader run = RunReader.open(folder)) {
      writer.writeStep(
          1,
          Map.of(),
          List.of(
              SampleRun.rollout(1, 0, 0, hostile, Score.of(1)),
              SampleRun.rollout(1, 0, 1, foreign, Score.of(1))));
      RunExport.jsonl(run, file);
    }

    String text = Files.readString(file);
    assertEquals(hostile, rows(text).get(0).get("text").asText());
    assertTrue(text.contains(foreign), "readable where it can be");
    assertEquals(2, text.chars().filter(c -> c == '\n').count());
  }

  private static List<JsonNode> rows(String jsonl) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : jsonl.split("\n")) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }
}
