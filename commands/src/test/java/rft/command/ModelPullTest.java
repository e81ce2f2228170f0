package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far a download is, as its user reads it. */
final class ModelPullTest {
  private static final int PIECE = 65_536;

  @Test
  void aDownloadIsDoneOnceAndOnlyAtItsEnd() {
    for (int total : List.of(700_000, 2_400_000, 2_600_000)) {
      List<Progress.Update> heard = new ArrayList<>();
      ModelPull.ProgressMeter meter = new ModelPull.ProgressMeter(listener(heard));
      for (int done = 0; done < total; done += PIECE) {
        meter.bytes(done, total);
      }
      assertEquals(0, heard.stream().filter(update -> update.done() == update.total()).count());
      meter.bytes(total, total);
      meter.bytes(total, total);
      assertEquals(1, heard.stream().filter(update -> update.done() == update.total()).count());
      assertEquals((total + 999_999) / 1_000_000, heard.get(heard.size() - 1).done());
    }
  }

  private static Progress listener(List<Progress.Update> heard) {
    return new Progress() {
      @Override
      public void report(Update update) {
        heard.add(update);
      }

      @Override
      public void say(String sentence) {}
    };
  }
}
