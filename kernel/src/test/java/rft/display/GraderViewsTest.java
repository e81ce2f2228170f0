package rft.display;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;
import rft.command.GraderRun;
import rft.command.GraderValidate;
import rft.grader.GraderAnswer;
import rft.grader.GraderError;
import rft.reward.Failure;

final class GraderViewsTest {
  private static GraderAnswer answer(double reward, GraderAnswer.Trouble... troubles) {
    return new GraderAnswer(
        "both", "multi", reward, Map.of("name", 0.5), List.of(troubles), Map.of(), null, null, 0.1);
  }

  @Test
  void answersAreATableWithAColumnForEachPart() {
    GraderAnswer.Trouble trouble =
        new GraderAnswer.Trouble(
            GraderError.SAMPLE_PARSE, Failure.Kind.UNREADABLE, "name: the response is no JSON");
    GraderRun.Report report =
        new GraderRun.Report(
            "both",
            "multi",
            false,
            List.of(
                new GraderRun.Answer("t1", "<script>alert(1)</script>", answer(0.25)),
                new GraderRun.Answer("t2", "no", answer(0, trouble))));
    String text = Views.text(report);
    assertTrue(text.contains("grader both  multi, 2 answers, mean reward 0.125"), text);
    assertTrue(text.contains("sample_parse_error: name: the response is no JSON"), text);
    assertTrue(text.contains("failed"), text);
    String html = String.valueOf(Views.bundle(report).getData(MIMEType.TEXT_HTML));
    assertTrue(html.contains("&lt;script&gt;"), html);
    assertFalse(html.contains("<script"), html);
  }

  @Test
  void aGraderShowsItsWeightsItsWarningsAndRowsThatLackSomething() throws Exception {
    GraderValidate.Report report =
        new GraderValidate.Report(
            new JsonMapper().readTree("{\"type\":\"multi\"}"),
            "both",
            "multi",
            "g.json",
            List.of(),
            List.of("it never looks at the answer"),
            Map.of("name", 0.5),
            10,
            List.of(new GraderValidate.RowFault("there is no {{ item.x }}", 3, "row-2")));
    String text = Views.text(report);
    assertTrue(text.contains("name     0.5"), text);
    assertTrue(text.contains("warning: it never looks at the answer"), text);
    assertTrue(text.contains("3  row-2  there is no {{ item.x }}"), text);
    assertTrue(text.contains("\"type\""), text);
  }

  @Test
  void whatIsNoGraderShowsEveryProblem() {
    GraderValidate.Report report =
        new GraderValidate.Report(
            null,
            "",
            "",
            "g.json",
            List.of("line 1, column 2: type is missing", "line 3, column 1: b"),
            List.of(),
            Map.of(),
            0,
            List.of());
    String text = Views.text(report);
    assertTrue(text.contains("line 1, column 2: type is missing"), text);
    assertTrue(text.contains("line 3, column 1: b"), text);
  }
}
