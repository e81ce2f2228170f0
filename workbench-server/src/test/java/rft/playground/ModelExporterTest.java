package rft.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.command.CommandException;
import rft.command.ExportFormat;
import rft.run.RunHome;

final class ModelExporterTest {
  @TempDir Path root;
  private RunHome home;
  private String run;

  @BeforeEach
  void makeRun() throws Exception {
    home = new RunHome(root.resolve("home"));
    Path model = Files.createDirectories(root.resolve("base"));
    Files.writeString(model.resolve("config.json"), "{}");
    run = TunedRun.in(home, model, TestPlayground.ROOT.resolve("datasets/samples/addition.jsonl"));
  }

  @Test
  void theNameOfAFolderTellsItsForm() {
    assertEquals("", new ModelExporter.Wish(10, null, null).ending());
    assertEquals("-hf-bf16", new ModelExporter.Wish(10, ExportFormat.HF, "BF16").ending());
    assertEquals("-gguf-q8_0", new ModelExporter.Wish(10, ExportFormat.GGUF, "Q8_0").ending());
    assertEquals("-adapter", new ModelExporter.Wish(10, ExportFormat.ADAPTER, null).ending());
  }

  @Test
  void whatIsThereStaysAndNoProcessIsStarted() throws Exception {
    Path there = home.root().resolve("adapters").resolve(run + "-step-10-adapter");
    Files.createDirectories(there);
    Files.writeString(there.resolve("adapter_config.json"), "{}");
    ModelExporter.Exported exported =
        new ModelExporter(home).export(run, new ModelExporter.Wish(10, ExportFormat.ADAPTER, null));
    assertEquals(there.toString(), exported.folder());
    assertFalse(exported.isBase());
    assertFalse(Files.exists(home.root().resolve("exports")));
  }

  @Test
  void aStepOrATypeThatThereIsNotIsRefused() {
    ModelExporter exporter = new ModelExporter(home);
    assertThrows(
        IllegalArgumentException.class,
        () -> exporter.export(run, new ModelExporter.Wish(11, null, null)));
    CommandException refused =
        assertThrows(
            CommandException.class,
            () -> exporter.export(run, new ModelExporter.Wish(10, ExportFormat.HF, "Q8_0")));
    assertTrue(refused.getMessage().contains("choose from"), refused.getMessage());
  }

  @Test
  void aWishWithoutAStepIsNotOneForTheFirst() {
    Exception refusal =
        assertThrows(
            JsonProcessingException.class,
            () -> new JsonMapper().readValue("{}", ModelExporter.Wish.class));
    assertTrue(String.valueOf(refusal.getMessage()).contains("the step is missing"));
  }
}
