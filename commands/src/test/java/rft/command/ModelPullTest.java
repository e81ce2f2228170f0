package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** How far a download is, as its user reads it. */
final class ModelPullTest {
  private static final int PIECE = 65_536;

  @TempDir Path folder;

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

  @Test
  void aFolderWhoseNameCannotBeTheModelsAsksForOne() throws Exception {
    Path model = Files.createDirectory(folder.resolve("mein Modell"));
    Files.writeString(model.resolve("config.json"), "{}");
    assertRefused(model, "give one with --name, for example --name my-model");
  }

  @Test
  void theNameOfABundledModelIsTaken() {
    assertRefused(
        Path.of(System.getProperty("rft.root")).resolve("models/tiny-chat"),
        "and stays what this name means: give another with --name");
  }

  @Test
  void anAdapterIsCalledOne() throws Exception {
    Files.writeString(folder.resolve("adapter_config.json"), "{}");
    assertRefused(
        folder, "is an adapter, not a model: give it with --adapter, and its base with --model");
  }

  private static void assertRefused(Path source, String end) {
    ModelPull verb = new ModelPull();
    new CommandLine(verb).parseArgs(source.toString());
    String message =
        assertThrows(CommandException.class, () -> verb.run(Progress.SILENT)).getMessage();
    assertTrue(message.endsWith(end), message);
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
