package rft.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutputRecorderTest {
  private final Notebook notebook = Cells.notebook("1", "2");
  private final CodeCell first = notebook.codeCells().get(0);
  private final CodeCell second = notebook.codeCells().get(1);
  private final OutputRecorder recorder = new OutputRecorder();

  @Test
  void textsOfOneStreamBecomeOneOutput() throws Exception {
    stream(first, "stdout", "a\n");
    stream(first, "stdout", "b\n");
    stream(first, "stderr", "c\n");
    stream(first, "stdout", "d\n");
    assertEquals(List.of("a\nb\n", "c\n", "d\n"), first.outputs().findValuesAsText("text"));
  }

  @Test
  void anUpdateReachesEveryCellThatShowsTheDisplayAndTheLastOneWins() throws Exception {
    display("display_data", first, "x", "\"text/plain\":\"0\",\"text/html\":\"<b>0</b>\"");
    display("execute_result", second, "x", "\"text/plain\":\"0\"");
    display("update_display_data", second, "x", "\"text/plain\":\"1\"");
    display("update_display_data", second, "x", "\"text/plain\":\"2\",\"text/html\":\"<b>2</b>\"");
    display("update_display_data", second, "other", "\"text/plain\":\"3\"");
    assertEquals(json("{'text/plain':'2','text/html':'<b>2</b>'}"), first.outputs().at("/0/data"));
    assertEquals(first.outputs().at("/0/data"), second.outputs().at("/0/data"));
    assertEquals(1, second.outputs().size());
    assertTrue(first.outputs().at("/0/transient").isMissingNode());
  }

  @Test
  void clearedOutputsAreGoneAndNoLongerUpdated() throws Exception {
    display("display_data", first, "x", "\"text/plain\":\"0\"");
    recorder.record(first, "clear_output", json("{'wait':false}"));
    assertEquals(0, first.outputs().size());
    display("update_display_data", first, "x", "\"text/plain\":\"1\"");
    assertEquals(0, first.outputs().size());
  }

  @Test
  void clearingCanWaitForTheNextOutput() throws Exception {
    stream(first, "stdout", "old");
    recorder.record(first, "clear_output", json("{'wait':true}"));
    assertEquals(List.of("old"), first.outputs().findValuesAsText("text"));
    stream(second, "stdout", "elsewhere");
    assertEquals(List.of("old"), first.outputs().findValuesAsText("text"));
    stream(first, "stdout", "new");
    assertEquals(List.of("new"), first.outputs().findValuesAsText("text"));
  }

  @Test
  void anErrorKeepsItsTraceback() throws Exception {
    JsonNode error = json("{'ename':'E','evalue':'v','traceback':['1','2'],'extra':1}");
    recorder.record(first, "error", error);
    assertEquals(
        json("{'output_type':'error','ename':'E','evalue':'v','traceback':['1','2']}"),
        first.outputs().path(0));
  }

  private void stream(CodeCell cell, String name, String text) {
    recorder.record(cell, "stream", first.tree().objectNode().put("name", name).put("text", text));
  }

  private void display(String type, CodeCell cell, String id, String data) throws Exception {
    recorder.record(
        cell,
        type,
        JupyterJson.read(
            "{\"data\":{"
                + data
                + "},\"metadata\":{},\"execution_count\":1,\"transient\":{\"display_id\":\""
                + id
                + "\"}}"));
  }

  private static JsonNode json(String text) throws Exception {
    return JupyterJson.read(text.replace('\'', '"'));
  }
}
