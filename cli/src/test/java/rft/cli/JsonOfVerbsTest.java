package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import rft.command.Verbs;
import rft.judge.PretendJudge;

/** With {@code --json} every verb prints one value on standard output, and nothing else. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
final class JsonOfVerbsTest {
  /** Half an hour of training; servers that run until they are told to end; a download. */
  private static final Set<String> TOO_LONG =
      Set.of(
          "model pretrain",
          "kernel run",
          "lab",
          "prepare",
          "reward serve",
          "serve",
          "workbench",
          "demo");

  private static final String NOTEBOOK =
      """
      {"cells": [{"cell_type": "code", "execution_count": null, "id": "a", "metadata": {},
        "outputs": [], "source": "6 * 7"}],
       "metadata": {"kernelspec": {"name": "rft-java", "display_name": "J", "language": "java"}},
       "nbformat": 4, "nbformat_minor": 5}
      """;

  private static final String GRADER =
      """
      {"type": "string_check", "name": "g", "operation": "like",
       "input": "{{ sample.output_text }}", "reference": "cat"}
      """;

  @TempDir Path folder;
  private final Set<String> called = new LinkedHashSet<>();

  @Test
  void everyVerbPrintsOneValue() throws Exception {
    UserHome user = UserHome.within(folder);
    JsonNode quickstart = value(user, 0, "quickstart", "--task=dates", "--steps=2", "--no-serve");
    assertTrue(quickstart.path("base_accuracy").isNumber(), quickstart.toString());
    String run = quickstart.path("run").asText();
    Path kept = folder.resolve("home").resolve("evaluations").resolve(run + ".jsonl");
    JsonNode compared = new JsonMapper().readTree(kept.toFile());
    assertEquals(200, compared.path("prompts").asInt(), "the page of the model shows it");
    assertEquals(
        quickstart.path("base_accuracy").asDouble(),
        compared.path("baseAccuracy").path("mean").asDouble(),
        1e-6);
    trainingVerbs(user, run);
    runVerbs(user, run);
    rewardVerbs(user, run);
    labVerbs(user, run);
    judgeVerbs(user);
    dataVerbs(user);
    notebookVerbs(new UserHome(folder));
    Set<String> all = Verbs.all().stream().map(Verbs.Entry::name).collect(Collectors.toSet());
    all.removeAll(TOO_LONG);
    assertEquals(new TreeSet<>(all), new TreeSet<>(called));
  }

  @Test
  void whatARewardPrintsIsNotPartOfIt() throws Exception {
    UserHome user = new UserHome(folder);
    Path loud = user.write("loud.java", "System.out.println(\"judging\"); return 1;");
    Launch.Outcome outcome =
        user.ok("reward", "try", loud.toString(), "--data=json", "--limit=2", "--json");
    assertEquals("loud", UserHome.read(outcome.out()).path("reward").asText());
    assertTrue(outcome.err().contains("judging"), outcome.err());
  }

  private void trainingVerbs(UserHome user, String run) throws Exception {
    JsonNode trained =
        value(user, 0, "train", "--data=json", "--steps=1", "--validation-tasks=4", "--threads=1");
    assertEquals("finished", trained.path("runs").get(0).path("ending").asText());
    JsonNode evaluated = value(user, 0, "evaluate", "--data=json", "--tasks=4", "--run=" + run);
    assertEquals(4, evaluated.path("result").path("tasks").asInt());
    JsonNode rollout = value(user, 0, "rollout", "--data=json", "--tasks=1", "--group-size=2");
    JsonNode completions = rollout.path("groups").get(0).path("completions");
    assertEquals("score", completions.get(0).path("verdict").path("kind").asText());
    JsonNode compared = value(user, 0, "compare", "--data=json", "--tasks=4", "--run=" + run);
    assertEquals(4, compared.path("pairs").size());
    JsonNode chat = value(user, 0, "chat", "--message=Hello", "--max-new-tokens=8");
    assertTrue(chat.path("turns").get(0).path("reply").path("tokens").asInt() > 0);
    JsonNode model = value(user, 0, "model show", "tiny-chat");
    assertTrue(model.path("memory").path("training").asLong() > 1_000_000, model.toString());
    Path tiny = Path.of(System.getProperty("rft.root"), "models", "tiny-chat");
    JsonNode pulled = value(user, 0, "model pull", tiny.toString(), "--name=mine");
    assertEquals(869_504, pulled.path("parameters").asLong());
    JsonNode models = value(user, 0, "model list").path("models");
    assertEquals("registered", models.get(1).path("origin").asText());
    assertEquals(0, value(user, 0, "model remove", "mine").path("freed_bytes").asInt(-1));
    JsonNode whole = value(user, 0, "model export", run, "--out=" + folder.resolve("whole"));
    assertTrue(Files.size(folder.resolve("whole/model.safetensors")) > 1000, whole.toString());
  }

  private void runVerbs(UserHome user, String run) throws Exception {
    JsonNode list = value(user, 0, "runs list");
    assertEquals(2, list.path("runs").size());
    JsonNode shown = value(user, 0, "runs show", run, "--step=1");
    JsonNode rollout = shown.path("rollouts").get(0);
    assertEquals(rollout.path("tokens").size(), rollout.path("log_probs").size());
    assertTrue(rollout.path("tokens").size() > 0 && rollout.path("base_log_probs").isNull());
    assertTrue(shown.path("header").path("created").isTextual());
    JsonNode health = value(user, 0, "runs health", run).path("report");
    assertEquals(run, health.path("run").asText());
    assertTrue(health.path("checks").get(0).path("outcome").isTextual());
    JsonNode group = value(user, 0, "inspect", run).path("groups").get(0);
    assertTrue(group.path("rollouts").get(0).path("answer").path("tokens").size() > 0);
    value(user, 0, "runs export", run, "--csv=" + folder.resolve("metrics.csv"));
    assertEquals("failed", value(user, 1, "runs pause", run).path("error").path("code").asText());
    assertEquals("failed", value(user, 1, "runs stop", run).path("error").path("code").asText());
    JsonNode deployed = value(user, 4, "deploy", run, "--off");
    assertEquals("not_found", deployed.path("error").path("code").asText());
    JsonNode resumed = value(user, 0, "runs resume", run);
    assertEquals(run, resumed.path("runs").get(0).path("id").asText());
  }

  private void rewardVerbs(UserHome user, String run) throws Exception {
    assertTrue(value(user, 0, "reward list").path("rewards").size() > 3);
    JsonNode shown = value(user, 0, "reward show", "exact-match");
    assertEquals(64, shown.path("sha256").asText().length());
    JsonNode tried = value(user, 0, "reward try", "exact-match", "--run=" + run, "--limit=5");
    assertEquals(5, tried.path("rollouts").path("completions").asInt());
    assertEquals("score", tried.path("rows").get(0).path("verdict").path("kind").asText());
    String grader = Files.writeString(folder.resolve("g.json"), GRADER).toString();
    JsonNode valid = value(user, 0, "grader validate", grader);
    assertEquals("string_check", valid.path("grader").path("type").asText());
    JsonNode graded = value(user, 0, "grader run", grader, "--sample=a cat");
    assertEquals(1, graded.path("reward").asInt());
    assertEquals(14, graded.path("metadata").path("errors").size());
  }

  private void labVerbs(UserHome user, String run) throws Exception {
    String[] few = {"exact-match", "--data=dates", "--tasks=2", "--group-size=2"};
    assertTrue(value(user, 0, "reward card", few).path("reading").path("next").isTextual());
    JsonNode probed =
        value(user, 0, "reward probe", "number-match", "--data=addition", "--tasks=4");
    assertTrue(probed.path("probe").path("rows").size() > 20);
    String[] loose = {"substring-match", "--data=addition", "--gold=number-match", "--steps=0"};
    JsonNode broken =
        value(
            user,
            3,
            "reward break",
            Stream.of(loose, new String[] {"--rounds=1", "--tasks=2"})
                .flatMap(Arrays::stream)
                .toArray(String[]::new));
    assertEquals("substring-match", broken.path("reward").asText());
    JsonNode changed = value(user, 0, "reward diff", "exact-match", "format-only", "--run=" + run);
    assertTrue(changed.path("source").isTextual());
    assertTrue(value(user, 0, "reward test", "exact-match").path("rows").size() > 5);
    String jar = "--jar=" + folder.resolve("r.jar");
    JsonNode exported = value(user, 0, "reward export", "exact-match", jar);
    assertTrue(exported.path("files").get(0).path("bytes").asInt() > 1000);
    JsonNode ended = value(user, 1, "runs reward", run, "exact-match");
    assertEquals("failed", ended.path("error").path("code").asText());
  }

  private void judgeVerbs(UserHome user) throws Exception {
    try (PretendJudge pretend = PretendJudge.start()) {
      String url = "--url=" + pretend.url();
      String[] of = {"summarization", "--data=addition", "--model=m", url};
      JsonNode asked = value(user, 0, "judge ask", of);
      assertEquals(1, asked.path("verdict").path("value").asInt(), asked.toString());
      assertEquals(2, asked.path("exchanges").get(0).path("sent").size());
      String[] few = {"--limit=8", "--repeats=2", "--pairs=2"};
      JsonNode checked =
          value(
              user,
              0,
              "judge check",
              Stream.of(of, few).flatMap(Arrays::stream).toArray(String[]::new));
      assertEquals("not_sure", checked.path("check").path("outcome").asText(), checked.toString());
      assertTrue(checked.path("check").path("findings").size() > 6, checked.toString());
    }
  }

  private void notebookVerbs(UserHome user) throws Exception {
    JsonNode installed = value(user, 0, "kernel install", "--no-archive");
    assertFalse(installed.isEmpty());
    assertTrue(value(user, 0, "kernel doctor").path("findings").size() > 4);
    Path file = Files.writeString(folder.resolve("n.ipynb"), NOTEBOOK);
    assertEquals(1, value(user, 0, "notebook run", file.toString()).path("cells").asInt());
    assertTrue(Files.readString(file).contains("\"42\""));
    value(user, 0, "kernel uninstall");
  }

  private void dataVerbs(UserHome user) throws Exception {
    String dates = user.dataset("dates", 20).toString();
    value(user, 0, "data check", dates);
    value(user, 0, "data show", dates);
    value(user, 0, "data split", dates, "--out=" + folder.resolve("parts"));
    value(user, 0, "data make", "--task=dates", "--rows=20", "--out=" + folder.resolve("m.jsonl"));
    value(user, 0, "data import", log(folder), "--out=" + folder.resolve("i.jsonl"));
    value(user, 0, "version");
    called.add("doctor");
    // What the doctor finds depends on the machine, and so does its exit code.
    UserHome.read(user.rft("doctor", "--json").out());
  }

  private static String log(Path folder) throws IOException {
    String record =
        """
        {"schemaType":"ModelInvocationLog","requestId":"r","modelId":"m","operation":"Converse",\
        "input":{"inputBodyJson":{"messages":[{"role":"user","content":[{"text":"hi"}]}]}}}
        """;
    return Files.writeString(folder.resolve("log.json"), record).toString();
  }

  /** Runs a verb and returns the value it printed. */
  private JsonNode value(UserHome user, int exitCode, String verb, String... options)
      throws Exception {
    called.add(verb);
    String[] arguments =
        Stream.of(Arrays.stream(verb.split(" ")), Arrays.stream(options), Stream.of("--json"))
            .flatMap(words -> words)
            .toArray(String[]::new);
    Launch.Outcome outcome = user.rft(arguments);
    assertEquals(exitCode, outcome.exitCode(), verb + ": " + outcome.err() + outcome.out());
    return UserHome.read(outcome.out());
  }
}
