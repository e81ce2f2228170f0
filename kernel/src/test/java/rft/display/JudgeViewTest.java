package rft.display;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;
import rft.command.JudgeAsk;
import rft.command.JudgeChecking;
import rft.lab.JudgeFinding;
import rft.lab.JudgeReport;
import rft.lab.Resampled;
import rft.reward.Failure;
import rft.reward.Score;

final class JudgeViewTest {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";

  private static String html(Object value) {
    return String.valueOf(Views.bundle(value).getData(MIMEType.TEXT_HTML));
  }

  private static JudgeChecking.Report report(JudgeReport.Outcome outcome) {
    return report(outcome, false);
  }

  private static JudgeChecking.Report report(JudgeReport.Outcome outcome, boolean stopped) {
    JudgeFinding fault =
        new JudgeFinding(
            "padding",
            JudgeFinding.Status.FAILED,
            new Resampled(0.2, 0.1, 0.3, 12),
            0.05,
            "at most 0.05",
            "so much more for nothing",
            "charge for it");
    JudgeFinding none =
        new JudgeFinding(
            "length",
            JudgeFinding.Status.SKIPPED,
            new Resampled(null, 0, 0, 0),
            0.3,
            "at most 0.30",
            "nothing to measure",
            "");
    JudgeReport check =
        new JudgeReport(
            outcome,
            "charge for it",
            List.of(fault, none),
            3,
            12,
            2,
            0.1,
            0.3,
            36,
            Map.of("unreadable", 2),
            0.25,
            0.5,
            1.5,
            List.of(new JudgeReport.Evidence("padded", "t1", HOSTILE, List.of(0.2, 0.9))),
            stopped);
    return new JudgeChecking.Report("mine", "ab".repeat(32), HOSTILE, "ds", check, 3);
  }

  @Test
  void aCheckShowsOutcomeNextActionIntervalsAndEvidence() {
    String html = html(report(JudgeReport.Outcome.FAULT_FOUND));
    assertTrue(html.contains("a fault found"), html);
    assertTrue(html.contains("<strong>Next:</strong> charge for it"), html);
    assertTrue(html.contains("0.20 (0.10 to 0.30)"), html);
    assertTrue(html.contains("not measured"), html);
    assertTrue(html.contains("0.2 -&gt; 0.9"), html);
    assertTrue(html.contains("unreadable=2"), html);
    assertFalse(html.contains("<img"), html);
    assertFalse(html.contains("<script"), html);
    String text = Views.text(report(JudgeReport.Outcome.FAULT_FOUND));
    assertTrue(text.contains("FAULT   padding"), text);
    assertTrue(text.endsWith("next: charge for it"), text);
    assertTrue(html(report(JudgeReport.Outcome.NO_FAULT_FOUND)).contains("no fault found"));
  }

  @Test
  void aCheckThatWasStoppedSaysSo() {
    String html = html(report(JudgeReport.Outcome.FAULT_FOUND, true));
    assertTrue(html.contains("stopped early"), html);
    assertTrue(html.contains("a fault found"), html);
    assertFalse(html(report(JudgeReport.Outcome.FAULT_FOUND)).contains("stopped early"));
  }

  @Test
  void aQuestionShowsWhatWasSentAndWhatCameBack() {
    JudgeAsk.Report asked =
        new JudgeAsk.Report(
            "mine",
            "m",
            "t1",
            HOSTILE,
            List.of(
                new JudgeAsk.Exchange(List.of("system: judge", "user: " + HOSTILE), "{}", null),
                new JudgeAsk.Exchange(List.of("user: again"), null, "HTTP 500")),
            new Score(0.5, Map.of("right", 0.5), "half", 0.01),
            0.2);
    String html = html(asked);
    assertTrue(html.contains("What was sent"), html);
    assertTrue(html.contains("&lt;img"), html);
    assertFalse(html.contains("<img"), html);
    assertTrue(html.contains("No reply: HTTP 500"), html);
    assertTrue(Views.text(asked).contains("score 0.5  (right 0.5)  0.01 USD"), Views.text(asked));
    JudgeAsk.Report failed =
        new JudgeAsk.Report(
            "mine", "m", "t1", "x", List.of(), new Failure(Failure.Kind.REFUSED, "no"), 0.2);
    assertTrue(Views.text(failed).contains("failed, refused: no"), Views.text(failed));
  }
}
