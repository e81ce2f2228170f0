package rft.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import rft.cell.CellError;
import rft.cell.Completions;

/** What an editor is told of a cell; a bar stands for the cursor. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EditorTest {
  private Path home;
  private TestNotebook notebook;

  @BeforeAll
  void start(@TempDir Path folder) throws CellError {
    home = folder;
    notebook = new TestNotebook(home);
    notebook.run("int steps = 3;");
    notebook.run("%%dataset sums", "question,answer", "1+1?,2");
  }

  @AfterAll
  void close() {
    notebook.close();
  }

  /** Returns the cell after each candidate was taken. */
  private List<String> complete(String code) {
    int cursor = code.indexOf('|');
    String cell = code.replace("|", "");
    Completions found = notebook.interpreter.complete(cell, cursor);
    return found.candidates().stream()
        .map(c -> cell.substring(0, found.start()) + c.text() + cell.substring(found.end()))
        .toList();
  }

  private void assertOffers(String code, String... expected) {
    List<String> offered = complete(code);
    for (String each : expected) {
      assertTrue(offered.contains(each), code + " offers " + offered);
    }
  }

  @Test
  void magicsAreOfferedBehindAPercentSign() {
    assertOffers("%tr|", "%train");
    assertOffers("%|", "%train", "%dataset", "%whos", "%%reward");
    assertOffers("%%|", "%%reward", "%%bash");
    assertOffers("%%re|\nreturn 1;", "%%reward\nreturn 1;");
    assertOffers("int a;\n%ti|", "int a;\n%time");
    assertOffers("var x = %roll|", "var x = %rollout");
    assertEquals(List.of(), complete("%nothing|"));
  }

  @Test
  void verbsFollowTheirGroup() {
    assertOffers("%runs |", "%runs list", "%runs show", "%runs --help");
    assertOffers("%runs st|", "%runs stop");
    assertOffers("%dataset ch|", "%dataset check");
  }

  @Test
  void optionsNotYetGivenComeFirst() {
    assertOffers("%train --st|", "%train --steps");
    List<String> offered = complete("%train --steps 3 --|");
    assertEquals("%train --steps 3 --steps", offered.get(offered.size() - 1));
    assertOffers("%train \\\n  --ba|", "%train \\\n  --background");
    assertOffers("%%reward x --da|\nreturn 1;", "%%reward x --data\nreturn 1;");
  }

  @Test
  void valuesAreOffered() throws Exception {
    assertOffers("%train --method g|", "%train --method grpo");
    assertOffers("%train --method=g|", "%train --method=grpo");
    assertOffers("%train --data |", "%train --data addition", "%train --data sums");
    assertOffers("%train data=su|", "%train data=sums");
    assertOffers("%model show ti|", "%model show tiny-chat");
    assertOffers("%xmode |", "%xmode plain", "%xmode full");
    Files.writeString(home.resolve("a b.jsonl"), "");
    assertOffers("%dataset show " + home + "/a|", "%dataset show " + home + "/a\\ b.jsonl");
    assertOffers("%train --steps {st|", "%train --steps {steps");
  }

  @Test
  void javaIsCompletedAroundMagics() {
    assertOffers("%runs\n\"\".lengt|", "%runs\n\"\".length()");
    assertOffers("%time \"\".lengt|", "%time \"\".length()");
    assertOffers("%%time\n\"\".lengt|", "%%time\n\"\".length()");
    assertOffers("%%reward x\nreturn completion.lengt|", "%%reward x\nreturn completion.length()");
    assertOffers(
        "%%reward x\nreturn rollout.finis|;", "%%reward x\nreturn rollout.finishReason();");
    assertOffers("%%reward x\nreturn answ|", "%%reward x\nreturn answer");
    assertOffers(
        "%%reward x\ndouble a(String completion) {\n  return completion.lengt|",
        "%%reward x\ndouble a(String completion) {\n  return completion.length()");
    assertEquals(List.of(), complete("%%bash\nlen|"));
  }

  @Test
  void nothingFitsInOddPlaces() {
    for (String code :
        List.of("|", "%train \"|", "%%|x", "x = %|", "%?|", "'|", "%train {|", "|%")) {
      complete(code);
    }
    assertFalse(complete("%train {|").isEmpty());
  }

  private String inspect(String code) {
    int cursor = code.indexOf('|');
    return notebook
        .interpreter
        .inspect(code.replace("|", ""), cursor, 1)
        .map(TestNotebook::text)
        .orElse("");
  }

  @Test
  void whatStandsAtTheCursorIsExplained() {
    assertTrue(inspect("%tra|in --steps 3").startsWith("%train: "));
    assertTrue(inspect("%train --st|eps 3").startsWith("%train --steps N: "));
    assertTrue(inspect("%train --steps 3|").startsWith("%train --steps N: "));
    assertTrue(inspect("%train --data|").contains("sums"));
    assertTrue(inspect("%runs sh|ow x").startsWith("%runs show: "));
    assertTrue(inspect("%%rew|ard x\nreturn 1;").startsWith("%%reward: "));
    assertTrue(inspect("%%reward x\nreturn comple|tion;").contains("the model wrote"));
    assertTrue(inspect("%%reward x\nreturn completion.len|gth();").contains("length()"));
    assertTrue(inspect("%runs\n\"\".len|gth()").contains("length()"));
    assertEquals("", inspect("%nothing|"));
  }
}
