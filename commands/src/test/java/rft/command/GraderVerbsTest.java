package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import rft.dataset.Dataset;
import rft.dataset.Task;
import rft.grader.Grader;
import rft.grader.GraderError;
import rft.reward.RewardCompiler;

final class GraderVerbsTest {
  private static final String LIKE =
      """
      {"type": "string_check", "name": "says it", "operation": "like",
       "input": "{{ sample.output_text }}", "reference": "{{ item.reference_answer }}"}
      """;

  private @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws Exception {
    file = Files.writeString(folder.resolve("like.json"), LIKE);
    Workspace.current()
        .put("ds", Dataset.of("ds", List.of(Task.of("a", "1+1?", "2"), Task.of("b", "2+2?", "4"))));
  }

  @AfterEach
  void forget() {
    Workspace.current().clear();
  }

  private static <R extends Result> R run(Verb<R> verb, Object... arguments) throws Exception {
    new CommandLine(verb)
        .parseArgs(List.of(arguments).stream().map(Object::toString).toArray(String[]::new));
    return verb.run(Progress.SILENT);
  }

  @Test
  void oneAnswerIsGradedAsTheServiceDoes() throws Exception {
    GraderRun.Report report =
        run(
            new GraderRun(),
            file,
            "--item={\"reference_answer\":\"4\",\"messages\":[]}",
            "--sample=It is 4.");
    JsonNode json = new JsonMapper().valueToTree(report);
    assertEquals(1.0, json.path("reward").doubleValue());
    assertEquals(14, json.at("/metadata/errors").size());
    assertTrue(report.text().orElse("").startsWith("reward 1  says it, string_check, "));
  }

  @Test
  void aRowMayLieInAFile() throws Exception {
    Path row = Files.writeString(folder.resolve("row.json"), "{\"reference_answer\": \"5\"}");
    assertEquals(0, run(new GraderRun(), file, "--item=" + row, "--sample=It is 4.").meanReward());
    CommandException none =
        assertThrows(
            CommandException.class,
            () -> run(new GraderRun(), file, "--item=nowhere.json", "--sample=x"));
    assertEquals(ExitCode.NOT_FOUND, none.exitCode());
    assertThrows(
        CommandException.class, () -> run(new GraderRun(), file, "--item={oops", "--sample=x"));
  }

  @Test
  void theReferencesOfADatasetAreGraded() throws Exception {
    GraderRun.Report report = run(new GraderRun(), file, "--data=ds");
    assertEquals(2, report.answers().size());
    assertEquals(1, report.meanReward());
    assertTrue(report.problem().isEmpty());
    JsonNode json = new JsonMapper().valueToTree(report);
    assertEquals("b", json.path("answers").path(1).path("task_id").asText());
    assertEquals(1, json.path("answers").path(1).at("/answer/reward").asDouble());
  }

  @Test
  void errorsAreCountedAndSaid() throws Exception {
    Files.writeString(file, LIKE.replace("reference_answer", "refernce_answer"));
    GraderRun.Report report = run(new GraderRun(), file, "--data=ds");
    assertEquals(Map.of("invalid_variable_error", 2), report.errors());
    assertTrue(report.problem().orElse("").contains("invalid_variable_error=2"));
    assertTrue(report.text().orElse("").contains("invalid_variable_error"));
  }

  @Test
  void whatToGradeMustBeSaid() {
    assertThrows(CommandException.class, () -> run(new GraderRun(), file));
    assertThrows(
        CommandException.class, () -> run(new GraderRun(), file, "--sample=x", "--data=ds"));
  }

  @Test
  void aSoundGraderIsShownInTheShapeOfTheSchema() throws Exception {
    GraderValidate.Report report = run(new GraderValidate(), file, "--data=ds");
    assertEquals(new JsonMapper().readTree(LIKE), report.grader());
    assertEquals(ExitCode.OK, report.exitCode());
    assertEquals(2, report.rows());
    assertTrue(report.text().orElse("").contains("each of 2 rows has what it asks for"));
  }

  @Test
  void rowsThatLackAVariableAreCounted() throws Exception {
    Files.writeString(file, LIKE.replace("item.reference_answer", "item.answer"));
    GraderValidate.Report report = run(new GraderValidate(), file, "--data=ds");
    assertEquals(ExitCode.FAILED, report.exitCode());
    assertEquals(1, report.faults().size());
    assertEquals(2, report.faults().get(0).rows());
    assertEquals("a", report.faults().get(0).first());
    assertTrue(report.text().orElse("").contains("2 of 2 rows, first a: there is no"));
  }

  @Test
  void everyProblemIsListedWithItsPlace() throws Exception {
    Files.writeString(file, "{\"type\": \"string_check\", \"name\": \"a\", \"inptu\": \"x\"}");
    GraderValidate.Report report = run(new GraderValidate(), file);
    assertEquals(ExitCode.FAILED, report.exitCode());
    assertEquals(2, report.problems().size());
    assertTrue(report.text().orElse("").contains("did you mean input?"));
    CommandException e =
        assertThrows(CommandException.class, () -> run(new GraderRun(), file, "--sample=x"));
    assertTrue(String.valueOf(e.getMessage()).contains("and 1 more"), e.getMessage());
  }

  @Test
  void aRewardThatIsNoGraderIsNamed() {
    Workspace.current().put("r", new RewardCompiler().compile("r", "return 1;"));
    CommandException e = assertThrows(CommandException.class, () -> run(new GraderValidate(), "r"));
    assertTrue(String.valueOf(e.getMessage()).contains("written in java"), e.getMessage());
    CommandException none =
        assertThrows(CommandException.class, () -> run(new GraderValidate(), "none.json"));
    assertEquals(ExitCode.NOT_FOUND, none.exitCode());
  }

  @Test
  void theGradersOfTheDocumentationAreSound() throws Exception {
    String page = Files.readString(Installation.current().root().resolve("docs/graders.md"));
    Matcher block = Pattern.compile("(?s)```json\n(.*?)```").matcher(page);
    List<String> types = new ArrayList<>();
    while (block.find()) {
      Grader grader = Grader.read(block.group(1));
      assertEquals(List.of(), grader.warnings(), block.group(1));
      types.add(grader.type());
    }
    assertEquals(
        List.of("string_check", "text_similarity", "score_model", "python", "multi"), types);
    for (GraderError flag : GraderError.values()) {
      assertTrue(page.contains("`" + flag.jsonName() + "`"), flag.jsonName());
    }
  }

  @Test
  void aGraderIsARewardWhereverOneIsNamed() throws Exception {
    RewardTry.Report report = run(new RewardTry(), file, "--data=ds");
    assertEquals(2, report.references().fullMarks());
    assertEquals("like", report.reward());
  }
}
