package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import rft.reward.Score;

class ReportTest {
  private static final String HOSTILE =
      "<script>alert(1)</script><img src=x onerror=alert(2)>\u202egnp\u0007\u001b[2J\ufeff&amp;";

  @TempDir Path root;

  @Test
  void theReportShowsTheRun() throws Exception {
    RunFolder folder = SampleRun.written(root, 6);
    try (RunWriter writer = RunWriter.resume(folder)) {
      writer.event(RunEvent.Kind.FINISHED, 6, "reached the last step");
    }
    try (RunReader run = RunReader.open(folder)) {
      Report.write(
          run, List.of(new Report.Comparison("accuracy, test", "22 % (18-26)", "73 % (69-77)")));
    }

    String html = Files.readString(folder.reportFile());
    assertWellFormed(html);
    for (String part :
        List.of(
            "addition <span class=\"status finished\">",
            "6 of 50",
            "73 % (69-77)",
            "reached the last step",
            "aria-label=\"Reward from step 1 to 6\"",
            "aria-label=\"Validation accuracy from step 2 to 6\"",
            "<td>4</td><td>20.0 %</td>",
            "answer 6.0",
            "right 1, format 0.3, odd not a number: right, and in the form asked for",
            "reward/part/format",
            "models/tiny-chat",
            "prefers-color-scheme: dark")) {
      assertTrue(html.contains(part), part);
    }
  }

  @Test
  void theReportNeedsNoNetworkAndNoScript() throws IOException {
    String html = report(SampleRun.written(root, 3));

    assertFalse(html.contains("<script"), "script");
    assertFalse(html.matches("(?s).*(src|href)=.*"), "a reference");
    assertFalse(html.contains("url(") || html.contains("@import"), "a reference of the style");
    assertTrue(html.contains("Content-Security-Policy\" content=\"default-src 'none'"));
  }

  @Test
  void hostileTextIsShownAndNeverInterpreted() throws Exception {
    RunFolder folder = new RunHome(root).create(null);
    RunHeader sample = SampleRun.header(folder);
    RunHeader hostile =
        new RunHeader(
            sample.id(),
            HOSTILE,
            sample.created(),
            HOSTILE,
            sample.options().withInputs(RunInputs.onCpu(HOSTILE, HOSTILE, HOSTILE)),
            new RunHeader.DatasetInfo("", Map.of(HOSTILE, 1)),
            new RunHeader.RewardInfo(HOSTILE, ""),
            null,
            new RunHeader.ModelInfo(HOSTILE, 1, HOSTILE),
            HOSTILE,
            RunHeader.Machine.here(HOSTILE));
    try (RunWriter writer = RunWriter.create(folder, hostile)) {
      Map<String, Double> metrics = new HashMap<>(SampleRun.metrics(1));
      metrics.put(Metric.partKey(HOSTILE), 1.0);
      Score score = new Score(1, Map.of(HOSTILE, 1.0), HOSTILE, 0);
      StoredRollout plain = SampleRun.rollout(1, 0, 0, HOSTILE, score);
      writer.writeStep(
          1,
          metrics,
          List.of(
              new StoredRollout(
                  1,
                  0,
                  0,
                  HOSTILE,
                  HOSTILE,
                  HOSTILE,
                  HOSTILE,
                  HOSTILE,
                  plain.trace(),
                  score,
                  1,
                  0)));
      writer.event(RunEvent.Kind.WARNING, 1, HOSTILE);
    }

    String html;
    try (RunReader run = RunReader.open(folder)) {
      html = Report.html(run, List.of(new Report.Comparison(HOSTILE, HOSTILE, HOSTILE)));
    }

    Document page = assertWellFormed(html);
    assertEquals(0, page.getElementsByTagName("script").getLength());
    assertEquals(0, page.getElementsByTagName("img").getLength());
    assertFalse(html.contains("\u202e"), "a character that turns text around");
    assertFalse(html.contains("\u001b") || html.contains("\u0007"), "a control character");
    assertTrue(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "shown");
    assertTrue(html.contains("<span class=\"odd\">U+202E</span>gnp"), "shown by number");
    assertTrue(html.contains("&amp;amp;"), "entities of the text are text");
  }

  @Test
  void aRunWithoutAnythingStillHasAReport() throws Exception {
    RunFolder folder = new RunHome(root).create(null);
    RunWriter.create(folder, SampleRun.header(folder)).close();

    String html = report(folder);

    assertWellFormed(html);
    assertTrue(html.contains("0 of 50"), html);
  }

  @Test
  void aRunThatOnlyGivesNaNStillHasAReport() throws Exception {
    RunFolder folder = new RunHome(root).create(null);
    try (RunWriter writer = RunWriter.create(folder, SampleRun.header(folder))) {
      writer.writeStep(
          1, Map.of(Metric.REWARD_MEAN.key(), Double.NaN, Metric.ENTROPY.key(), -0.5), List.of());
      writer.writeStep(2, Map.of(Metric.ENTROPY.key(), Double.POSITIVE_INFINITY), List.of());
    }

    String html = report(folder);

    assertWellFormed(html);
    assertFalse(html.contains("aria-label=\"Reward"), "nothing to draw");
    assertFalse(html.contains("\"NaN") || html.contains("Infinity"), "no bad coordinate");
  }

  @Test
  void aDamagedStepIsReportedInItsPlace() throws Exception {
    RunFolder folder = SampleRun.written(root, 3);
    Files.write(folder.rolloutsFolder().resolve("step-000003.rollouts"), new byte[100]);

    String html = report(folder);

    assertWellFormed(html);
    assertTrue(html.contains("step-000003.rollouts is damaged"));
    assertTrue(html.contains("answer 1.0"));
  }

  @Test
  void aLongRunIsThinnedButKeepsItsEnds() throws Exception {
    RunFolder folder = new RunHome(root).create(null);
    try (RunWriter writer = RunWriter.create(folder, SampleRun.header(folder))) {
      for (int step = 1; step <= 1300; step++) {
        writer.writeStep(step, Map.of(Metric.REWARD_MEAN.key(), step / 1300.0), List.of());
      }
    }

    String html = report(folder);

    assertWellFormed(html);
    assertTrue(html.contains("one value in 3"), "says so");
    assertTrue(html.contains("<td>1</td>") && html.contains("<td>1300</td>"), "ends");
    assertTrue(html.length() < 200_000, html.length() + " characters");
  }

  @Test
  void longTextIsCutWithANote() {
    String cut = HtmlText.escape("\ud83d\ude00".repeat(10) + "<", 10);

    assertTrue(cut.endsWith(".. and 1 character more</span>"), cut);
    assertFalse(cut.contains("&lt;"));
  }

  @Test
  void numbersAreShort() {
    assertEquals("0.3333", NumberText.of(1 / 3.0));
    assertEquals("1,234,567", NumberText.of(1234567));
    assertEquals("8,123", NumberText.of(8123.4));
    assertEquals("1.235e-9", NumberText.of(1.2346e-9));
    assertEquals("not a number", NumberText.of(Double.NaN));
    assertEquals("12.5 %", NumberText.of(0.125, "share"));
  }

  private static String report(RunFolder folder) throws IOException {
    try (RunReader run = RunReader.open(folder)) {
      return Report.html(run, List.of());
    }
  }

  /** Reads the page as XML once its unclosed tags are closed, so that a broken one fails. */
  private static Document assertWellFormed(String html) throws Exception {
    String xml =
        html.replace("<!doctype html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>").strip();
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }
}
