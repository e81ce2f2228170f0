package rft.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import rft.dataset.DatasetReader;
import rft.dataset.Task;
import rft.lab.ReplayedExample;
import rft.lab.RewardExample;
import rft.lab.RewardExamples;
import rft.reward.Abstain;
import rft.reward.Completion;
import rft.reward.GroupReward;
import rft.reward.RewardCompiler;
import rft.reward.RewardUnit;
import rft.reward.Verdict;
import rft.sample.SampleTask;
import rft.sandbox.NoSandboxException;
import rft.sandbox.Sandboxes;

final class RewardTemplatesTest {
  private static final Path ROOT = Path.of(System.getProperty("rft.root"));
  private static final Path SAMPLES = ROOT.resolve("datasets/samples");
  private static final Path SOURCES = ROOT.resolve("reward-templates/src/main/java/rft/template");

  /** Compiling takes its time, and a unit never changes. */
  private static final Map<String, RewardUnit> UNITS = new ConcurrentHashMap<>();

  private static RewardUnit unit(String name) {
    return UNITS.computeIfAbsent(name, RewardTemplates::unit);
  }

  static List<String> names() {
    return RewardTemplates.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void theSourceIsAUnitThatCompilesByItself(String name) {
    RewardUnit unit = unit(name);
    assertEquals(name, unit.name());
    assertEquals(RewardTemplates.named(name).source(), unit.source());
    Verdict verdict = unit.load().score(Task.of("t", "?", "72"), group("")).get(0);
    assertEquals(0, verdict.reward().orElse(0));
  }

  @ParameterizedTest
  @MethodSource("names")
  void theSourceShippedIsTheSourceCompiled(String name) throws IOException {
    String shipped = RewardTemplates.named(name).source();
    String type = shipped.replaceFirst("(?s).*?public final class (\\w+).*", "$1");
    assertEquals(
        Files.readString(SOURCES.resolve(type + ".java")), "package rft.template;\n\n" + shipped);
  }

  @ParameterizedTest
  @EnumSource
  void theRewardOfASampleTaskPaysItsGoldAnswerInFullOnEveryRow(SampleTask kind) throws IOException {
    GroupReward reward = unit(kind.rewardName()).load();
    List<Task> rows = DatasetReader.read(SAMPLES.resolve(kind.taskName() + ".jsonl")).tasks();
    assertEquals(2_400, rows.size());
    for (Task row : rows) {
      long index = Long.parseLong(row.id().substring(kind.taskName().length() + 1));
      List<Verdict> verdicts =
          reward.score(
              row, group(kind.gold(row), kind.careful(1, index), "", kind.gold(row) + "0"));
      assertEquals(List.of(1.0, 1.0, 0.0, 0.0), values(verdicts), row.id());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "json, parses-as-json",
    "word-problems, format-only",
    "addition, format-only",
    "counting, substring-match"
  })
  void aLooseRewardPaysGoldTooAndWrongAnswersAsWell(String taskName, String name)
      throws IOException {
    SampleTask kind = SampleTask.named(taskName).orElseThrow();
    GroupReward strict = unit(kind.rewardName()).load();
    GroupReward loose = unit(name).load();
    int undeserved = 0;
    for (long index = 0; index < 400; index++) {
      Task task = kind.task(1, index);
      List<Completion> group = group(kind.gold(task), kind.teach(1, index));
      List<Double> honest = values(strict.score(task, group));
      List<Double> paid = values(loose.score(task, group));
      assertEquals(1.0, paid.get(0));
      assertTrue(paid.get(1) >= honest.get(1), group.get(1).text());
      undeserved += paid.get(1) > honest.get(1) ? 1 : 0;
    }
    assertTrue(undeserved > 40, "undeserved: " + undeserved);
  }

  @Test
  void theStarterRunsAsItStandsAndPaysGoldInFull() {
    RewardUnit unit = new RewardCompiler().compile("mine", RewardTemplates.STARTER);
    assertEquals(Map.of("brief", 0.1, "correct", 1.0, "words", 0.0), unit.weights());
    Task row = SampleTask.ADDITION.task(1, 0);
    List<Verdict> verdicts = unit.load().score(row, group(SampleTask.ADDITION.gold(row), "no"));
    assertEquals(1.1, verdicts.get(0).reward().orElse(0), 1e-9);
    assertEquals(0.1, verdicts.get(1).reward().orElse(0), 1e-9);
  }

  @Test
  void everyRewardSaysInOneSentenceWhatItPaysFor() {
    assertEquals(
        "Rewards a completion whose number after #### equals the reference.",
        RewardTemplates.named("number-match").summary());
    names()
        .forEach(
            n ->
                assertTrue(
                    RewardTemplates.named(n).summary().matches("Rewards a(n|ny)? .*[.]"), n));
  }

  @ParameterizedTest
  @CsvSource({
    "numbermatch, number-match",
    "json, json-match",
    "exact_match, exact-match",
    "format-onyl, format-only",
    "substring, substring-match",
    "parse-as-json, parses-as-json"
  })
  void anUnknownNameSaysTheNearest(String written, String meant) {
    assertFalse(RewardTemplates.has(written));
    String message =
        assertThrows(IllegalArgumentException.class, () -> RewardTemplates.unit(written))
            .getMessage();
    assertTrue(message.contains("did you mean " + meant + "?"), message);
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyRewardSaysWhatItPaysAndWhatItDoesNotCatch(String name) {
    List<String> about = RewardTemplates.named(name).about();
    assertTrue(about.stream().anyMatch(text -> text.startsWith("Pays ")), about.toString());
    assertTrue(
        about.stream().anyMatch(text -> text.startsWith("Does not catch ")), about.toString());
  }

  @ParameterizedTest
  @MethodSource("names")
  void theExamplesOfEveryRewardComeTrue(String name) throws InterruptedException {
    ReadyReward ready = RewardTemplates.named(name);
    assumeTrue(!ready.needs().contains(ReadyReward.Need.SANDBOX) || hasSandbox(), "no sandbox");
    List<RewardExample> examples = RewardExamples.parse(name, ready.examples());
    assertTrue(examples.size() >= 6, examples.size() + " examples");
    List<ReplayedExample> replayed =
        ReplayedExample.all(unit(name), examples, Duration.ofSeconds(20));
    List<String> failed =
        replayed.stream()
            .filter(example -> !example.passes())
            .map(e -> e.example().task().id() + " " + e.example().expected() + " " + e.verdict())
            .toList();
    assertEquals(List.of(), failed);
  }

  private static boolean hasSandbox() throws InterruptedException {
    try {
      Sandboxes.standard();
      return true;
    } catch (NoSandboxException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void theCellOfEveryRewardIsItsSourceUnderANameThatCellsMayHave(String name) {
    ReadyReward ready = RewardTemplates.named(name);
    String head = ready.cell().lines().findFirst().orElseThrow();
    assertTrue(head.matches("%%reward [a-z][A-Za-z0-9]*"), head);
    assertEquals(ready.source(), ready.cell().substring(head.length() + 1));
    assertFalse(ready.source().contains("package "), "a cell has no package");
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatARewardNeedsIsWhatItAbstainsWithout(String name) {
    ReadyReward ready = RewardTemplates.named(name);
    List<ReadyReward.Need> needs = ready.needs();
    if (needs.contains(ReadyReward.Need.SANDBOX) || needs.contains(ReadyReward.Need.JUDGE)) {
      return;
    }
    RewardExample first = RewardExamples.parse(name, ready.examples()).get(0);
    Task task = first.task();
    JsonNodeFactory json = JsonNodeFactory.instance;
    Task bare = new Task("t", task.messages(), task.reference(), json.objectNode());
    Task open = new Task("t", task.messages(), json.nullNode(), task.attributes());
    List<Completion> group = List.of(first.completion());
    GroupReward reward = unit(name).load();
    assertEquals(
        needs.contains(ReadyReward.Need.REFERENCE),
        reward.score(open, group).get(0) instanceof Abstain);
    assertEquals(
        needs.contains(ReadyReward.Need.ATTRIBUTES),
        reward.score(bare, group).get(0) instanceof Abstain);
  }

  @Test
  void theKindOfARewardIsReadFromItsSource() {
    assertEquals(ReadyReward.Kind.RULE, RewardTemplates.named("number-match").kind());
    assertEquals(ReadyReward.Kind.LOOSE, RewardTemplates.named("format-only").kind());
    assertEquals(ReadyReward.Kind.JUDGE, RewardTemplates.named("summarization").kind());
  }

  @Test
  void constantsWithACommentAreTheOptions() {
    List<ReadyReward.Option> options = RewardTemplates.named("math-reasoning").options();
    assertEquals(
        List.of("LAST_NUMBER_COUNTS", "TOLERANCE"),
        options.stream().map(ReadyReward.Option::name).toList());
    assertEquals("1e-6", options.get(1).value());
    assertTrue(options.get(1).meaning().startsWith("How far numbers may lie apart"));
  }

  @Test
  void thePageOnRewardsListsEachAndItsExampleComesTrue() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/rewards.md"));
    List<String> rows =
        RewardTemplates.all().stream()
            .map(
                ready ->
                    "| `%s` | %s | %s | %s |"
                        .formatted(
                            ready.name(),
                            ready.kind().jsonName(),
                            ready.needs().stream()
                                .map(ReadyReward.Need::jsonName)
                                .collect(Collectors.joining(", ")),
                            ready
                                .summary()
                                .replaceFirst("^Rewards (.*)\\.$", "$1")
                                .replaceAll("(<\\w+>)", "`$1`")))
            .toList();
    assertEquals(
        rows, page.lines().filter(line -> line.startsWith("| `") && rows.contains(line)).toList());
    RewardUnit unit = new RewardCompiler().compile("mine", block(page, "java"));
    List<RewardExample> examples = RewardExamples.parse("page", block(page, "json"));
    assertEquals(3, examples.size());
    ReplayedExample.all(unit, examples, Duration.ofSeconds(5))
        .forEach(example -> assertTrue(example.passes(), example.toString()));
  }

  private static String block(String page, String language) {
    int begin = page.indexOf("```" + language + "\n") + language.length() + 4;
    return page.substring(begin, page.indexOf("```", begin));
  }

  @Test
  void everySourceOfThePackageHasItsExamples() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      long sources =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(file -> !file.startsWith("Re") && !file.startsWith("package-info"))
              .count();
      long ready = names().stream().filter(name -> !name.startsWith("re")).count();
      assertEquals(sources, ready);
    }
  }

  @Test
  void unitsOfTwoRewardsDifferAndThoseOfOneAreEqual() {
    assertNotEquals(unit("exact-match").sha256(), unit("substring-match").sha256());
    assertEquals(unit("exact-match").sha256(), RewardTemplates.unit("exact-match").sha256());
  }

  private static List<Completion> group(String... texts) {
    return List.of(texts).stream().map(Completion::of).toList();
  }

  private static List<Double> values(List<Verdict> verdicts) {
    return verdicts.stream().map(verdict -> verdict.reward().orElseThrow()).toList();
  }
}
