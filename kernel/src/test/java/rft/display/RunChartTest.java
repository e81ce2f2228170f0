package rft.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import rft.run.RunReader;

final class RunChartTest {
  private static final Pattern SVG = Pattern.compile("<svg.*?</svg>");

  @TempDir private Path home;

  private Shown chart(int steps) throws Exception {
    try (RunReader reader = RunReader.open(StoredRun.write(home, steps, 1))) {
      return RunChart.of(reader).shown();
    }
  }

  private static List<Document> charts(String html) throws Exception {
    List<Document> documents = new ArrayList<>();
    Matcher matcher = SVG.matcher(html);
    while (matcher.find()) {
      documents.add(
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(matcher.group().getBytes(StandardCharsets.UTF_8))));
    }
    return documents;
  }

  @Test
  void everyChartIsXmlWithNumbersOnBothAxesAndTitles() throws Exception {
    List<Document> charts = charts(chart(40).html());
    assertEquals(6, charts.size());
    for (Document chart : charts) {
      List<String> labels = new ArrayList<>();
      var texts = chart.getElementsByTagName("text");
      for (int i = 0; i < texts.getLength(); i++) {
        labels.add(texts.item(i).getTextContent());
      }
      assertTrue(labels.contains("step") && labels.contains("20"), labels.toString());
      assertTrue(labels.size() >= 8, labels.toString());
      assertTrue(chart.getElementsByTagName("title").getLength() > 0);
    }
  }

  @Test
  void theTextSaysEveryLatestValueAndHowTheRunEnded() throws Exception {
    String text = chart(40).text();
    assertTrue(text.contains("finished at step 40 of "), text);
    assertTrue(text.contains("Reward: p10 to p90 0.1 to 0.9, mean 0.6963"), text);
    assertTrue(text.contains("validation accuracy 35.0 %"), text);
    assertTrue(text.contains("Groups: all bad 6.4 %, mixed 50.0 %, all good 43.6 %"), text);
    assertTrue(text.contains("Entropy per token: latest 0.75 nats"), text);
    assertTrue(text.contains("Divergence from the base (KL): latest 0.04 nats"), text);
    assertTrue(text.contains("Length of completions: latest 21.5 tokens"), text);
    assertTrue(text.contains("Speed: latest 2,345 tokens/s"), text);
    assertTrue(text.contains("reward/mean"), "the numbers follow");
  }

  @Test
  void aLongRunStaysSmall() throws Exception {
    Shown chart = chart(1000);
    int bytes = (chart.html() + chart.text()).getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes < 50_000, bytes + " bytes");
  }

  @Test
  void whereTheNotebookIsNotTrustedAnImageRemains() throws Exception {
    String html = chart(10).html();
    assertFalse(html.contains("<script") || html.contains("<style") || html.contains(" class=\"c"));
    assertEquals(6, html.split("<img ", -1).length - 1);
    assertTrue(html.contains("block-size:0;overflow:hidden\"><img width=\"100%\" alt=\"Reward: "));
  }

  @Test
  void aRunWithoutStepsStillSaysWhereItStands() throws Exception {
    Course course = new Course("run-1", 5, java.util.Map.of());
    Shown shown = RunChart.live(course, new Shown("begins", "begins")).shown();
    assertEquals("run-1  begins", shown.text());
  }

  @Test
  void rewardsBeyondOneLeaveValidationAChartOfItsOwn() {
    var points = List.of(new rft.run.Point(1, 5), new rft.run.Point(2, 7));
    var accuracy = List.of(new rft.run.Point(1, 0.5));
    Course course =
        new Course(
            "run-1", 2, java.util.Map.of("reward/mean", points, "validation/accuracy", accuracy));
    String text = RunChart.live(course, new Shown("", "")).shown().text();
    assertTrue(text.contains("\nValidation accuracy: sampled 50.0 %"), text);
  }
}
