package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import rft.dataset.Dataset;
import rft.dataset.Task;
import rft.reward.RewardCompiler;

/** What a run leaves is its user's alone, whatever the umask. */
final class PrivateFilesTest {
  @TempDir Path folder;
  private String before = "";

  @BeforeEach
  void useHome() {
    before = System.getProperty("rft.home", "");
    System.setProperty("rft.home", folder.resolve("home").toString());
  }

  @AfterEach
  void restoreHome() {
    Workspace.current().clear();
    if (before.isEmpty()) {
      System.clearProperty("rft.home");
    } else {
      System.setProperty("rft.home", before);
    }
  }

  @Test
  void nothingThatARunLeavesIsReadByOthers() throws Exception {
    List<Task> tasks =
        Stream.of("1+1", "2+2", "3+3", "4+4", "5+5", "6+6")
            .map(sum -> Task.of("t" + sum, sum, "4"))
            .toList();
    Workspace.current().put("mine", Dataset.of("mine", tasks));
    Workspace.current()
        .put("short", new RewardCompiler().compile("short", "return completion.length() < 9;"));
    Train train = new Train();
    new CommandLine(train)
        .parseArgs(
            "--data=mine",
            "--reward=short",
            "--check=short",
            "--steps=2",
            "--tasks-per-step=2",
            "--group-size=2",
            "--checkpoint-every=1");
    train.run(Progress.SILENT);
    try (Stream<Path> all = Files.walk(folder.resolve("home"))) {
      List<Path> left = all.toList();
      assertTrue(
          left.stream().anyMatch(file -> file.endsWith("adapter_model.safetensors")),
          left.toString());
      for (Path path : left) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        assertEquals(Files.isDirectory(path) ? "rwx------" : "rw-------", mode, path.toString());
      }
    }
  }
}
