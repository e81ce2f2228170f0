package rft.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutputDifferenceTest {
  private final Notebook held = Cells.notebook("train();", "2");
  private final Notebook now = Cells.notebook("train();", "2");

  @Test
  void runsThatDifferInTimesOnlyAreEqual() {
    stream(held, "reward 0.5 in 3 s\n");
    stream(now, "reward 0.5 in 4 s\n");
    assertEquals(List.of(), OutputDifference.between(held, now, Comparison.LINES));
  }

  @Test
  void aStaleNumberIsShownWithItsCellAndLine() {
    stream(held, "a\nreward 0.5\nz\n");
    stream(now, "a\nreward 0.6\nz\n");
    assertEquals(
        List.of(
            new OutputDifference(
                1, "train();", List.of("  stdout, line 2", "- reward 0.5", "+ reward 0.6"))),
        OutputDifference.between(held, now, Comparison.LINES));
  }

  @Test
  void aPictureThatIsGoneOrChangedIsShown() {
    bundle(held, "image/svg+xml", "<svg>" + "<a/>".repeat(90) + "<path d=\"M1 2\"/></svg>");
    bundle(now, "image/svg+xml", "<svg>" + "<a/>".repeat(90) + "<path d=\"M1 3\"/></svg>");
    List<OutputDifference> changed = OutputDifference.between(held, now, Comparison.LINES);
    assertEquals(
        List.of("  image/svg+xml, line 92", "- <path d=\"M1 2\"/>", "+ <path d=\"M1 3\"/>"),
        changed.get(0).lines());
    now.codeCells().get(0).clear();
    assertEquals(
        "- image/svg+xml",
        OutputDifference.between(held, now, Comparison.LINES).get(0).lines().get(0));
  }

  @Test
  void bytesOfAPictureAreNotCompared() {
    bundle(held, "image/png", "AAAA");
    bundle(now, "image/png", "BBBB");
    assertEquals(List.of(), OutputDifference.between(held, now, Comparison.LINES));
  }

  @Test
  void aLongLineIsCutToWhereItDiffers() {
    stream(held, "x".repeat(900) + "1" + "y".repeat(900));
    stream(now, "x".repeat(900) + "2" + "y".repeat(900));
    List<String> lines = OutputDifference.between(held, now, Comparison.LINES).get(0).lines();
    assertTrue(lines.stream().allMatch(line -> line.length() < 170), lines.toString());
    assertTrue(lines.get(1).contains("x1y") && lines.get(2).contains("x2y"), lines.toString());
  }

  @Test
  void aCellMayBeTaggedToVary() {
    Notebook varying =
        Notebook.parse(Cells.file(Cells.cell("now()", OutputDifference.IGNORED)), "n");
    Notebook again = Notebook.parse(varying.text(), "n");
    stream(again, "anything");
    assertEquals(List.of(), OutputDifference.between(varying, again, Comparison.LINES));
  }

  @Test
  void onAnotherProcessorNumbersAndFewWordsMayDiffer() {
    stream(held, "mean reward 0.812 over seven tasks\ng1 c2 #### 5\nsampled Tuesday\n");
    stream(now, "mean reward 0.75 over seven tasks\ng1 x1 c2 #### 4\nsampled Monday\n");
    assertEquals(List.of(), OutputDifference.between(held, now, Comparison.WORDS));
    assertEquals(1, OutputDifference.between(held, now, Comparison.LINES).size());
  }

  @Test
  void onAnotherProcessorOtherWordsAreStale() {
    stream(held, "mean reward 0.812\n");
    stream(now, "average pay 0.812\n");
    assertEquals(
        List.of("  stdout, words", "- mean reward", "+ average pay"),
        OutputDifference.between(held, now, Comparison.WORDS).get(0).lines());
  }

  @Test
  void onAnotherProcessorWhatIsMissingOrOfAnotherKindIsStale() {
    stream(held, "0.5\n");
    assertEquals(1, OutputDifference.between(held, now, Comparison.WORDS).size());
    bundle(now, "text/plain", "0.5");
    assertEquals(
        List.of("- stdout", "+ text/plain"),
        OutputDifference.between(held, now, Comparison.WORDS).get(0).lines());
    now.codeCells().get(0).clear();
    stream(now, "");
    assertEquals(1, OutputDifference.between(held, now, Comparison.WORDS).size());
  }

  @Test
  void onAnotherProcessorAnErrorIsOfTheSameType() {
    String said = " at step 3: one two three four five six seven eight";
    error(held, "RunDiverged", said);
    error(now, "RunDiverged", said.replace('3', '4'));
    assertEquals(List.of(), OutputDifference.between(held, now, Comparison.WORDS));
    now.codeCells().get(0).clear();
    error(now, "RunFailed", said);
    assertEquals(1, OutputDifference.between(held, now, Comparison.WORDS).size());
  }

  private static void error(Notebook notebook, String type, String message) {
    CodeCell cell = notebook.codeCells().get(0);
    ObjectNode content = cell.tree().objectNode().put("ename", type).put("evalue", message);
    content.putArray("traceback").add(message);
    new OutputRecorder().record(cell, "error", content);
  }

  private static void stream(Notebook notebook, String text) {
    CodeCell cell = notebook.codeCells().get(0);
    new OutputRecorder()
        .record(cell, "stream", cell.tree().objectNode().put("name", "stdout").put("text", text));
  }

  private static void bundle(Notebook notebook, String mime, String data) {
    CodeCell cell = notebook.codeCells().get(0);
    new OutputRecorder()
        .record(
            cell,
            "display_data",
            cell.tree().objectNode().set("data", cell.tree().objectNode().put(mime, data)));
  }
}
