package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Bad options, names and datasets: a sentence, an exit code, and no half-made run. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
final class BadInputTest {
  private static final String JSON = "--data=json";

  @TempDir Path folder;
  private UserHome user;

  @BeforeEach
  void makeHome() {
    user = new UserHome(folder);
  }

  private void refused(int exitCode, String part, String... options) throws Exception {
    String[] arguments =
        Stream.concat(Stream.of("train"), Stream.of(options)).toArray(String[]::new);
    UserHome.assertRefused(exitCode, part, user.rft(arguments));
    assertEquals(List.of(), user.runs());
  }

  @Test
  void optionsOutOfRangeAreRefusedByName() throws Exception {
    refused(2, "--group-size (1) must be at least 2", JSON, "--group-size=1");
    refused(2, "--lr (0.0) must be above 0", JSON, "--lr=0");
    refused(2, "--lr", JSON, "--lr=nan");
    refused(2, "--lr (NaN)", JSON, "--lr=NaN");
    refused(2, "lower --max-new-tokens", JSON, "--max-new-tokens=256");
    refused(2, "--steps (0) must be at least 1", JSON, "--steps=0");
    refused(2, "did you mean dr_grpo?", JSON, "--loss=dr_grop");
    refused(2, "--targets (q) must be one of q_proj, k_proj,", JSON, "--targets=q");
    refused(2, "--rank has no effect: --full", JSON, "--full", "--rank=8");
    refused(2, "did you mean --steps?", JSON, "--step=3");
    refused(2, "--data is missing");
  }

  @Test
  void unknownNamesAreAnsweredWithTheNearest() throws Exception {
    refused(4, "did you mean json?", "--data=jsno");
    refused(4, "did you mean json-match?", JSON, "--reward=json-mach");
    refused(4, "did you mean tiny-chat?", JSON, "--model=tiny-chta");
  }

  @Test
  void aDatasetWithoutARowIsRefused() throws Exception {
    refused(1, "is empty", "--data=" + user.write("d.jsonl", ""), "--reward=exact-match");
    Path bad = user.write("bad.jsonl", "{\"messages\":[]}\n");
    refused(1, "all 1 were refused", "--data=" + bad, "--reward=exact-match");
  }

  @Test
  void aDatasetWithNothingToTrainOnIsRefused() throws Exception {
    Path all = UserHome.ROOT.resolve("datasets/samples/json.jsonl");
    user.ok("data", "split", all.toString(), "--out", folder.resolve("parts").toString());
    Path test = folder.resolve("parts/test.jsonl");
    assertTrue(Files.exists(test), "data split writes test.jsonl");
    refused(1, "has no task in its train split", "--data=" + test, "--reward=json-match");
  }

  @Test
  void promptsThatDoNotFitAreCountedAndTheRestIsTrained() throws Exception {
    Path data = user.dataset("json", 40);
    Files.writeString(data, Files.readString(data) + longRow(0));
    Launch.Outcome outcome =
        user.train("--data=" + data, "--reward=json-match", "--steps=1", "--validate-every=0");
    assertEquals(0, outcome.exitCode(), outcome.err());
    String counted = "1 of 34 training tasks is left out, because its prompt does not fit: long-0 ";
    assertTrue(outcome.err().contains(counted), outcome.err());
    String events = user.json("runs", "show", user.onlyRun()).path("events").toString();
    assertTrue(events.contains("1 training task is left out"), events);
    assertTrue(events.contains("long-0 with "), events);
  }

  @Test
  void aDatasetOfPromptsThatDoNotFitIsRefused() throws Exception {
    String rows =
        IntStream.range(0, 20).mapToObj(BadInputTest::longRow).collect(Collectors.joining());
    Path data = user.write("long.jsonl", rows);
    refused(
        1,
        "training tasks are left out, because their prompts do not fit: long-",
        "--data=" + data,
        "--reward=json-match");
  }

  private static String longRow(int number) {
    return "{\"id\":\"long-%d\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"reference_answer\":{}}%n"
        .formatted(number, "word " + number + " and more".repeat(300));
  }

  @Test
  void supervisedTuningNeedsReferences() throws Exception {
    String row = "{\"messages\":[{\"role\":\"user\",\"content\":\"say %d\"}]}%n";
    String rows = IntStream.range(0, 20).mapToObj(row::formatted).collect(Collectors.joining());
    Path data = user.write("bare.jsonl", rows);
    refused(1, "has no reference_answer", "--data=" + data, "--reward=exact-match", "--method=sft");
  }

  @Test
  void supervisedTuningNeedsReferencesThatFit() throws Exception {
    Path data = user.dataset("json", 40);
    String row =
        "{\"id\":\"long-%d\",\"messages\":[{\"role\":\"user\",\"content\":\"say"
            + " %d\"}],\"reference_answer\":\"%s\"}%n";
    String rows =
        IntStream.range(0, 20)
            .mapToObj(i -> row.formatted(i, i, "and more ".repeat(300)))
            .collect(Collectors.joining());
    Files.writeString(data, Files.readString(data) + rows);
    refused(
        1,
        "the reference_answer of task long-",
        "--data=" + data,
        "--reward=json-match",
        "--method=sft");
  }

  @Test
  void aRewardThatDoesNotCompileIsShownWhereItStands() throws Exception {
    Path reward =
        user.write(
            "Broken.java",
            """
            import rft.dataset.Task;
            import rft.reward.*;
            public final class Broken implements RewardFunction {
              public Verdict score(Task task, Completion completion) {
                return Score.of(1;
              }
            }
            """);
    refused(1, reward + ":5:22: ')' expected", JSON, "--reward=" + reward);
    Path none = user.write("None.java", "public final class None {}\n");
    refused(1, none + ":1:1: ", JSON, "--reward=" + none);
  }

  @Test
  void verbsThatMeasureRefuseTheSame() throws Exception {
    for (String verb : List.of("evaluate", "rollout")) {
      UserHome.assertRefused(4, "did you mean json?", user.rft(verb, "--data=jsno"));
      Launch.Outcome threads = user.rft(verb, JSON, "--threads=0");
      UserHome.assertRefused(2, "threads (0) must be at least 1", threads);
      Launch.Outcome run = user.rft(verb, JSON, "--run=nobody");
      UserHome.assertRefused(4, "there is no run nobody", run);
    }
    assertFalse(Files.exists(folder.resolve("home/runs")), "measuring makes no runs");
  }
}
