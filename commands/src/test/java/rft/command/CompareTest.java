package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import rft.dataset.DatasetWriter;
import rft.dataset.Task;

/** Measures, compares and asks real models. */
@Tag("slow")
final class CompareTest {
  private static final String[] ASKED = {
    "--data=addition", "--tasks=12", "--samples=3", "--max-new-tokens=32", "--threads=1"
  };

  @TempDir private static Path folder;

  private static final String TOO_LONG = "word ".repeat(5_000);

  private static Compare.Report compare(String... options) throws Exception {
    String[] all = java.util.Arrays.copyOf(ASKED, ASKED.length + options.length);
    System.arraycopy(options, 0, all, ASKED.length, options.length);
    return SmallRun.run(new Compare(), all);
  }

  @Test
  void theCountsAndTheDifferenceFollowFromThePairs() throws Exception {
    Compare.Report report = compare("--run=" + SmallRun.id() + "@3");
    assertEquals(12, report.tasks());
    assertEquals(12, report.gained() + report.lost() + report.unchanged());
    int change =
        report.pairs().stream().mapToInt(pair -> pair.tunedPassed() - pair.basePassed()).sum();
    assertEquals(change / 36.0, report.difference().mean(), 1e-12);
    assertEquals(
        report.tunedAccuracy().mean() - report.baseAccuracy().mean(),
        report.difference().mean(),
        1e-12);
    for (Compare.TaskComparison pair : report.pairs()) {
      assertEquals(3, pair.base().size());
      assertEquals(3, pair.tuned().size());
    }
  }

  @Test
  void aModelComparedWithItselfGivesTheSameAnswers() throws Exception {
    Compare.Report report = compare("--model=tiny-chat", "--base=tiny-chat");
    assertEquals(12, report.unchanged());
    assertEquals(0, report.difference().mean());
    report.pairs().forEach(pair -> assertEquals(texts(pair.base()), texts(pair.tuned())));
  }

  private static List<String> texts(List<AnswerSight> answers) {
    return answers.stream().map(AnswerSight::text).toList();
  }

  @Test
  void withoutAnythingTunedThereIsNothingToCompare() {
    CommandException refused = assertThrows(CommandException.class, CompareTest::compare);
    assertEquals(ExitCode.USAGE, refused.exitCode());
  }

  @Test
  void tasksWhosePromptsDoNotFitAreNamed() throws Exception {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      rows.append(DatasetWriter.row(Task.of("t" + i, i % 2 == 0 ? "Say " + i : TOO_LONG + i, "1")));
      rows.append('\n');
    }
    Path data = Files.writeString(folder.resolve("long.jsonl"), rows);
    List<String> options = new ArrayList<>(List.of(ASKED));
    options.set(0, "--data=" + data);
    options.addAll(List.of("--base=tiny-chat", "--reward=number-match", "--split=train"));
    Compare.Report report = SmallRun.run(new Compare(), options.toArray(String[]::new));
    int left = report.tooLong().size();
    assertTrue(left > 0 && report.tasks() > 0, report.toString());
    assertEquals(12, report.tasks() + left);
    String problem = report.problem().orElse("");
    assertTrue(problem.startsWith(left + " of 12 train task"), problem);
    assertTrue(problem.contains("not fit: " + report.tooLong().get(0).taskId() + " has"), problem);
    assertEquals(ExitCode.OK, report.exitCode());
  }

  private static Path otherModel(Path folder) throws Exception {
    Path copy = Files.createDirectory(folder);
    Path tiny = Installation.current().model("tiny-chat");
    for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
      Files.copy(tiny.resolve(file), copy.resolve(file));
    }
    byte[] weights = Files.readAllBytes(tiny.resolve("model.safetensors"));
    weights[weights.length - 1] ^= 1;
    Files.write(copy.resolve("model.safetensors"), weights);
    return copy;
  }

  @Test
  void aRunIsRefusedOnWeightsThatItDidNotTrain() throws Exception {
    Path other = otherModel(folder.resolve("other"));
    String run = "--run=" + SmallRun.id();
    String[] evaluate = {ASKED[0], ASKED[1], run, "--model=" + other};
    for (Executable asked :
        List.<Executable>of(
            () -> SmallRun.run(new Evaluate(), evaluate), () -> compare(run, evaluate[3]))) {
      CommandException refused = assertThrows(CommandException.class, asked);
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.startsWith("run " + SmallRun.id() + " trained "), message);
      assertTrue(message.contains(other + " has other weights: leave out --model"), message);
    }
    Path same = Files.createDirectory(folder.resolve("same"));
    try (Stream<Path> files = Files.list(Installation.current().model("tiny-chat"))) {
      for (Path file : files.toList()) {
        Files.copy(file, same.resolve(file.getFileName()));
      }
    }
    assertEquals(12, compare(run, "--model=" + same).tasks());
  }

  @Test
  void anEvaluationAgreesWithTheComparisonOfTheSameDraws() throws Exception {
    Evaluate.Report measured = SmallRun.run(new Evaluate(), ASKED);
    Compare.Report compared = compare("--run=" + SmallRun.id());
    assertEquals(measured.result().accuracy(), compared.baseAccuracy());
  }

  @Test
  void passAtKIsMeasuredForOneTwoAndAllSamples() throws Exception {
    Evaluate.Report report = SmallRun.run(new Evaluate(), ASKED);
    assertEquals(List.of(1, 2, 3), report.passAt().stream().map(PassAt::k).toList());
    assertEquals(report.result().accuracy().mean(), report.passAt().get(0).chance().mean(), 1e-12);
    double last = 0;
    for (PassAt pass : report.passAt()) {
      assertTrue(pass.chance().mean() >= last, "more answers, a lower chance");
      last = pass.chance().mean();
    }
    assertEquals(List.of(), report.slices(), "every task is an addition");
  }

  @Test
  void anAttributeThatWasAskedForIsSlicedEvenIfItHasOneValue() throws Exception {
    String[] options = java.util.Arrays.copyOf(ASKED, ASKED.length + 1);
    options[ASKED.length] = "--by=task";
    Evaluate.Report report = SmallRun.run(new Evaluate(), options);
    Slice slice = report.slices().get(0);
    assertEquals("addition", slice.value());
    assertEquals(report.result().accuracy(), slice.accuracy());
    options[ASKED.length] = "--by=tsk";
    CommandException missing =
        assertThrows(CommandException.class, () -> SmallRun.run(new Evaluate(), options));
    assertTrue(String.valueOf(missing.getMessage()).contains("did you mean task"));
  }

  @Test
  void aConversationGoesOnWithWhatWasSaid() throws Exception {
    String first = "--message=What is 3 + 4? Answer after ####.";
    Chat.Talk once = SmallRun.run(new Chat(), first, "--threads=1");
    Chat.Talk twice = SmallRun.run(new Chat(), first, "--message=And 1 + 1?", "--threads=1");
    assertEquals(once.turns().get(0).reply().text(), twice.turns().get(0).reply().text());
    assertEquals(2, twice.turns().size());
    assertTrue(twice.turns().get(1).reply().tokensPerSecond() > 0);
    assertTrue(twice.text().orElseThrow().contains("> And 1 + 1?"));
  }

  @Test
  void bothSidesAnswerInTheirOwnConversations() throws Exception {
    String message = "--message=What is 31 + 42? Answer after ####.";
    Chat.Talk alone = SmallRun.run(new Chat(), message, "--threads=1");
    Chat.Talk both =
        SmallRun.run(new Chat(), message, "--both", "--run=" + SmallRun.id() + "@3", "--threads=1");
    Chat.Turn turn = both.turns().get(0);
    assertEquals(alone.turns().get(0).reply().text(), Objects.requireNonNull(turn.base()).text());
  }

  @Test
  void wordsAreOneMessage() throws Exception {
    Chat.Talk said = SmallRun.run(new Chat(), "What", "is", "3 + 4?", "--threads=1");
    assertEquals("What is 3 + 4?", said.turns().get(0).message());
    assertRefused("a --message, too", "Hello", "--message=Hello");
    assertRefused("say something", "--threads=1");
  }

  private static void assertRefused(String reason, String... arguments) {
    CommandException refused =
        assertThrows(CommandException.class, () -> SmallRun.run(new Chat(), arguments));
    assertTrue(String.valueOf(refused.getMessage()).contains(reason));
  }

  @Test
  void typedLinesAreTurnsUntilTheInputEnds() throws Exception {
    List<String> heard = new ArrayList<>();
    Chat.Talk asked = SmallRun.run(new Chat(), "--message=3 + 4?", "--message=And 1 + 1?");
    Chat.Talk person = typed(heard, true, "3 + 4?", "", TOO_LONG, "And 1 + 1?");
    assertEquals(asked.turns().get(1).reply().text(), person.turns().get(1).reply().text());
    assertTrue(heard.contains(person.turns().get(0).reply().text()), heard.toString());
    assertTrue(heard.stream().anyMatch(line -> line.contains("the context leaves room")));
    assertEquals("", person.text().orElseThrow(), "it was shown before");
    heard.clear();
    Chat.Talk file = typed(heard, false, "3 + 4?");
    assertTrue(heard.isEmpty());
    assertTrue(file.text().orElseThrow().startsWith("> 3 + 4?"));
  }

  private static Chat.Talk typed(List<String> heard, boolean isPerson, String... lines)
      throws Exception {
    Iterator<String> left = List.of(lines).iterator();
    Progress.Typist typist =
        new Progress.Typist() {
          @Override
          public Optional<String> next() {
            return left.hasNext() ? Optional.of(left.next()) : Optional.empty();
          }

          @Override
          public boolean isPerson() {
            return isPerson;
          }
        };
    Progress progress =
        new Progress() {
          @Override
          public void report(Update update) {}

          @Override
          public void say(String sentence) {
            heard.add(sentence);
          }

          @Override
          public Optional<Typist> typist() {
            return Optional.of(typist);
          }
        };
    return new Chat().run(progress);
  }

  @Test
  void whatDoesNotFitTheContextIsRefusedInOneSentence() {
    CommandException refused =
        assertThrows(
            CommandException.class,
            () -> SmallRun.run(new Chat(), "--message=" + TOO_LONG, "--threads=1"));
    assertTrue(String.valueOf(refused.getMessage()).contains("the context leaves room for"));
  }
}
