package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ModelPretrainTest {
  @TempDir Path folder;

  @Test
  void aModelThatIsThereIsNotReplaced() throws Exception {
    Path weights = Files.writeString(folder.resolve("model.safetensors"), "somebody's");
    ModelPretrain verb = new ModelPretrain();
    new CommandLine(verb).parseArgs("--steps=1", "--out=" + folder);

    CommandException refused =
        assertThrows(CommandException.class, () -> verb.run(Progress.SILENT));

    assertEquals("--out (" + folder + ") exists: name a new folder", refused.getMessage());
    assertEquals("somebody's", Files.readString(weights));
  }
}
