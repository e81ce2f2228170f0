package rft.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.export.ExportTexts;
import rft.policy.ModelConfig;
import rft.policy.ModelWeights;
import rft.rollout.LoadedModel;
import rft.run.DurableFile;
import rft.run.RunHome;

/** What a real run made, written in every form and opened again. */
@Tag("slow")
final class ModelExportTest {
  @TempDir Path folder;

  private ModelExport.Exported export(String name, String... options) throws Exception {
    String[] all = new String[options.length + 2];
    all[0] = SmallRun.id();
    all[1] = "--out=" + folder.resolve(name);
    System.arraycopy(options, 0, all, 2, options.length);
    return SmallRun.run(new ModelExport(), all);
  }

  private static void assertSameWeights(Path one, Path other) {
    ModelConfig config = ModelConfig.read(one);
    assertEquals(config, ModelConfig.read(other));
    try (ModelWeights left = ModelWeights.open(one);
        ModelWeights right = ModelWeights.open(other)) {
      config
          .tensorShapes()
          .keySet()
          .forEach(name -> assertArrayEquals(left.floats(name), right.floats(name), name));
    }
  }

  @Test
  void everyFormHoldsTheSameModel() throws Exception {
    ModelExport.Exported whole = export("whole");
    assertEquals(List.of("hf", "F32"), List.of(whole.format(), whole.type()));
    ModelExport.Exported gguf = export("gguf", "--format=GGUF", "--type=f32");
    assertSameWeights(Path.of(whole.folder()), Path.of(gguf.folder()));

    ModelExport.Exported adapter = export("adapter", "--format=ADAPTER");
    Model tuned = (Model) adapter.named();
    try (LoadedModel loaded = tuned.open()) {
      assertFalse(loaded.policy().state().isEmpty());
    }
    // A base that is a GGUF file itself; the checkpoint fits any model of its shape.
    Path onGguf = folder.resolve("on-gguf");
    Path checkpoint = new Run(SmallRun.id()).checkpoint();
    new CheckpointExport(Path.of(gguf.folder()), checkpoint, false)
        .write(onGguf, ExportFormat.HF, "F32", ExportTexts.none("x"), () -> false);
    Path onWhole = folder.resolve("on-whole");
    new CheckpointExport(Path.of(whole.folder()), checkpoint, false)
        .write(onWhole, ExportFormat.GGUF, "F32", ExportTexts.none("x"), () -> false);
    assertSameWeights(onGguf, onWhole);
  }

  @Test
  void aSmallFileOpensAndSaysWhatItIs() throws Exception {
    ModelExport.Exported exported = export("small", "--format=GGUF", "--type=Q8_0");
    assertTrue(exported.text().orElse("").contains("a GGUF file, Q8_0"), exported.toString());
    assertTrue(exported.bytes() < 1_300_000, exported.toString());
    try (LoadedModel loaded = ((Model) exported.named()).open()) {
      assertEquals(512, loaded.policy().config().vocabulary());
    }
  }

  @Test
  void theCardSaysWhereTheModelComesFromAndHowGoodItIs() throws Exception {
    Path tests = RunHome.standard().root().resolve("evaluations").resolve(SmallRun.id() + ".jsonl");
    Files.createDirectories(tests.getParent());
    Files.writeString(
        tests,
        """
        {"step":null,"dataset":"addition","rows":"test","prompts":60,"samples":4,\
        "baseAccuracy":{"mean":0.145,"low":0.1,"high":0.2},\
        "tunedAccuracy":{"mean":0.75,"low":0.67,"high":0.83},\
        "accuracyDifference":{"mean":0.605,"low":0.5,"high":0.7}}
        {"step":9
        """);
    try {
      Path out = Path.of(export("carded", "--format=ADAPTER").folder());
      String card = Files.readString(out.resolve("README.md"));
      for (String part :
          List.of(
              "base_model: \"tiny-chat\"",
              "library_name: peft",
              "license: \"apache-2.0\"",
              "LoRA of rank",
              "addition.jsonl, sha256",
              "0.145 (0.1 to 0.2) | 0.75 (0.67 to 0.83) | 0.605 (0.5 to 0.7)",
              "| step | mean reward | right in validation |",
              "double brevity(Completion rollout)",
              "rft chat --model BASE --adapter DIR")) {
        assertTrue(card.contains(part), part + " in " + card);
      }
      assertFalse(card.contains("\"inputs\""), "folders of this machine");
      assertTrue(Files.readString(out.resolve("curve.svg")).startsWith("<svg"));
    } finally {
      Files.delete(tests);
    }
  }

  @Test
  void aCheckpointOfARunIsWrittenLikeItsEnd() throws Exception {
    Path out = folder.resolve("second");
    ModelExport.Exported second =
        SmallRun.run(new ModelExport(), SmallRun.id() + "@2", "--out=" + out, "--format=ADAPTER");
    assertEquals(2, second.step());
    assertEquals(SmallRun.id(), second.run());
    String card = Files.readString(out.resolve("README.md"));
    assertTrue(card.contains("run `" + SmallRun.id() + "`: step 2 of 3"), card);
    assertEquals(2, export("again", "--format=ADAPTER", "--step=2").step());
  }

  @Test
  void aCheckpointThatIsNoneIsRefused() throws Exception {
    for (String[] wrong :
        new String[][] {
          {"@7", "--format=HF", "has no checkpoint of step 7: it has those of steps ["},
          {"@two", "--format=HF", "@two) must be RUN@STEP"},
          {"@2", "--step=3", "@2 and --step 3 name two checkpoints: give one of them"}
        }) {
      String named = SmallRun.id() + wrong[0];
      CommandException refused =
          assertThrows(
              CommandException.class,
              () ->
                  SmallRun.run(
                      new ModelExport(), named, "--out=" + folder.resolve("no"), wrong[1]));
      assertTrue(String.valueOf(refused.getMessage()).contains(wrong[2]), refused.getMessage());
    }
    assertFalse(Files.exists(folder.resolve("no")));
  }

  @Test
  void anExportThatIsStoppedOrCannotBeWrittenLeavesNothing() throws Exception {
    Run run = new Run(SmallRun.id());
    Path base = Installation.current().baseOf(run.header());
    AtomicInteger asked = new AtomicInteger();
    CheckpointExport export = new CheckpointExport(base, run.checkpoint(), false);
    CommandException stopped =
        assertThrows(
            CommandException.class,
            () ->
                export.write(
                    folder.resolve("stopped"),
                    ExportFormat.HF,
                    "F32",
                    ExportTexts.none("x"),
                    () -> asked.incrementAndGet() > 3));
    assertEquals(ExitCode.INTERRUPTED, stopped.exitCode());
    assertEquals(4, asked.get());
    assertEquals(List.of(), DurableFile.list(folder));
    Files.writeString(folder.resolve("file"), "");
    CommandException refused =
        assertThrows(CommandException.class, () -> export("file/below", "--format=GGUF"));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("below could not be written ("),
        refused.getMessage());
    assertEquals(List.of(folder.resolve("file")), DurableFile.list(folder));
  }

  @Test
  void aTypeOfAnotherFormatIsRefused() {
    CommandException refused =
        assertThrows(CommandException.class, () -> export("no", "--type=Q8_0"));
    assertEquals(ExitCode.USAGE, refused.exitCode());
    assertTrue(refused.getMessage().contains("choose from F32, F16, BF16"), refused.getMessage());
    assertFalse(Files.exists(folder.resolve("no")));
  }

  @Test
  void theLicenceIsWhatTheFolderStates() throws Exception {
    assertEquals(Optional.empty(), ModelLicence.of(folder.resolve("nothing")));
    Path readme = folder.resolve("README.md");
    Files.writeString(readme, "---\nlicense: llama3.2\n---\nApache-2.0 it is not\n");
    assertEquals(Optional.of("llama3.2"), ModelLicence.of(folder));
    Files.writeString(readme, "A model. MIT License.\n");
    assertEquals(Optional.of("mit"), ModelLicence.of(folder));
  }
}
