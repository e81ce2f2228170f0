package rft.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.run.Metric;
import rft.run.RunEvent;
import rft.run.RunFolder;
import rft.run.RunHome;
import rft.run.RunWriter;

class HealthRoutesTest {
  @TempDir private Path root;

  @Test
  void aRunThatLosesItsSignalShowsItAtTheNextLook() throws Exception {
    RunHome home = new RunHome(root);
    RunFolder folder = home.create("addition");
    String address = "/api/runs/" + folder.id() + "/health";
    try (LivePage page = LivePage.open(home);
        RunWriter writer = RunWriter.create(folder, WrittenRun.header(folder, 1))) {
      writer.event(RunEvent.Kind.STARTED, 0, "");
      for (int step = 1; step <= 10; step++) {
        writer.writeStep(step, mixed(0.5), List.of());
      }
      JsonNode healthy = page.json(address);
      assertEquals(10, healthy.path("step").asInt());
      assertTrue(healthy.path("alarms").isEmpty());
      assertEquals("passed", check(healthy, "no-signal").path("outcome").asText());
      assertEquals("not_applicable", check(healthy, "kl-runaway").path("outcome").asText());
      for (int step = 11; step <= 15; step++) {
        writer.writeStep(step, mixed(0), List.of());
      }
      JsonNode alarm = page.json(address).path("alarms").get(0);
      assertEquals("no-signal", alarm.path("rule").asText());
      assertEquals("stop", alarm.path("severity").asText());
      assertEquals(11, alarm.path("since").asInt());
      assertTrue(alarm.path("until").isNull());
      assertTrue(alarm.path("sentence").asText().contains("in the first steps 50.0 % taught"));
      assertTrue(alarm.path("tryNext").get(0).asText().contains("--lr"));
    }
  }

  @Test
  void anUnknownRunIsNotFound() throws Exception {
    try (LivePage page = LivePage.open(new RunHome(root))) {
      assertEquals(404, page.get("/api/runs/nobody/health").statusCode());
    }
  }

  private static JsonNode check(JsonNode report, String rule) {
    for (JsonNode check : report.path("checks")) {
      if (check.path("rule").asText().equals(rule)) {
        return check;
      }
    }
    throw new AssertionError("no check " + rule + " in " + report);
  }

  private static Map<String, Double> mixed(double share) {
    return Map.of(
        Metric.GROUP_MIXED.key(),
        share,
        Metric.GROUP_ALL_BAD.key(),
        1 - share,
        Metric.GROUP_ALL_GOOD.key(),
        0.0,
        Metric.GRAD_NORM.key(),
        0.1);
  }
}
