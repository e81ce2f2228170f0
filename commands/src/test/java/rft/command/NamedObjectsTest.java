package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import rft.dataset.Dataset;
import rft.dataset.DatasetReader;
import rft.dataset.Task;
import rft.reward.RewardUnit;
import rft.template.RewardTemplates;

/** What a cell made is taken by name wherever an option names a dataset, reward or model. */
final class NamedObjectsTest {
  private static final List<String> OF_OBJECTS =
      List.of("--data", "--reward", "--model", "--run", "--resume", "--fork", "--split");

  private final Dataset dataset =
      Dataset.of("mine", List.of(Task.of("a", "1+1?", "2"), Task.of("b", "2+2?", "4")));

  @TempDir Path folder;

  @AfterEach
  void forget() {
    Workspace.current().clear();
  }

  @Test
  void aNamedObjectComesBeforeABundledOneOfTheSameName() throws IOException {
    RewardUnit reward = RewardTemplates.unit("format-only");
    Workspace.current().put("ds", dataset);
    Workspace.current().put("len", reward);
    Workspace.current().put("m", Model.of(folder).withThreads(3));
    Installation installation = new Installation(folder);
    assertSame(dataset, installation.dataset("ds"));
    assertSame(reward, installation.reward("len"));
    assertEquals(3, installation.modelNamed("m").threads());
    assertEquals(folder, installation.model("m"));
  }

  @Test
  void anObjectOfAnotherTypeIsRefusedByItsType() {
    Workspace.current().put("ds", dataset);
    CommandException e =
        assertThrows(CommandException.class, () -> new Installation(folder).reward("ds"));
    assertTrue(String.valueOf(e.getMessage()).startsWith("ds is a Dataset, the reward must"));
    assertThrows(CommandException.class, () -> Run.named("ds"));
  }

  @Test
  void aCheckpointIsNoBaseModel() {
    Workspace.current().put("m", Model.of(folder).withRun("x-1@20"));
    CommandException e =
        assertThrows(CommandException.class, () -> new Installation(folder).model("m"));
    assertTrue(String.valueOf(e.getMessage()).contains("--fork"), e.getMessage());
  }

  @Test
  void aDatasetFromMemoryBecomesAFileThatReadsBackTheSame() throws IOException {
    Path file = new DatasetShelf(folder.resolve("datasets")).file(dataset);
    assertEquals(dataset.sha256() + ".jsonl", String.valueOf(file.getFileName()));
    Dataset read = DatasetReader.read(file);
    assertEquals(dataset.tasks(), read.tasks());
    assertEquals(dataset.sha256(), read.sha256());
    assertEquals(file, new DatasetShelf(folder.resolve("datasets")).file(read));
    try (var files = Files.list(folder.resolve("datasets"))) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void aNamedDatasetIsShownLikeAFile() throws IOException {
    Workspace.current().put("ds", dataset);
    DataShow.Page page = new DataShow(Path.of("ds"), null, 10).run(Progress.SILENT);
    assertEquals(2, page.rows().size());
    assertEquals(dataset.tasks(), ((Dataset) page.named()).tasks());
  }

  @Test
  void everyOptionThatNamesAnObjectCompletes() throws ReflectiveOperationException {
    Workspace.current().put("ds", dataset);
    for (Verbs.Entry entry : Verbs.all()) {
      CommandLine verb = new CommandLine(entry.type().getConstructor().newInstance());
      for (String option : OF_OBJECTS) {
        ArgSpec spec = verb.getCommandSpec().findOption(option);
        // The model of a judge is whatever its endpoint calls it.
        boolean ofAService = entry.group().equals("judge") && option.equals("--model");
        if (spec != null && !ofAService) {
          assertTrue(spec.completionCandidates() != null, entry.name() + " " + option);
          List<String> names = new ArrayList<>();
          spec.completionCandidates().forEach(names::add);
          assertEquals(option.equals("--data"), names.contains("ds"), entry.name() + " " + option);
        }
      }
    }
  }
}
