package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.run.RunControl.Command;

class RunControlTest {
  @TempDir Path root;

  @Test
  void aRequestIsPendingUntilItIsCleared() throws IOException {
    RunFolder folder = new RunHome(root).create(null);
    RunControl trainer = new RunControl(folder);
    assertEquals(Optional.empty(), trainer.pending());

    new RunControl(folder).request(Command.PAUSE);
    new RunControl(folder).request(Command.PAUSE);
    assertEquals(Optional.of(Command.PAUSE), trainer.pending());
    assertEquals(Optional.of(Command.PAUSE), trainer.pending());
    new RunControl(folder).request(Command.STOP);
    assertEquals(Optional.of(Command.STOP), trainer.pending());

    trainer.clear();
    assertEquals(Optional.empty(), trainer.pending());
    assertEquals(List.of(), DurableFile.list(folder.controlFolder()));
  }

  @Test
  void aRequestToTheLastTrainerDoesNotStopTheNextOne() throws IOException {
    RunFolder folder = SampleRun.written(root, 1);
    new RunControl(folder).request(Command.STOP);

    try (RunWriter writer = RunWriter.resume(folder)) {
      assertEquals(Optional.empty(), new RunControl(writer.folder()).pending());
    }
  }

  @Test
  void aCheckpointIsHeldUntilEveryHolderLetsGo() throws IOException {
    RunFolder folder = new RunHome(root).create(null);
    RunControl trainer = new RunControl(folder);
    assertEquals(Set.of(), trainer.held());

    new RunControl(folder).hold(7, "one");
    new RunControl(folder).hold(7, "two");
    new RunControl(folder).hold(1_000_000, "two");
    trainer.clear();
    assertEquals(Set.of(7, 1_000_000), trainer.held());

    new RunControl(folder).release(7, "one");
    new RunControl(folder).release(1_000_000, "two");
    assertEquals(Set.of(7), trainer.held());
    new RunControl(folder).release(7, "two");
    new RunControl(folder).release(7, "two");
    assertEquals(Set.of(), trainer.held());
  }

  @Test
  void whatAProcessHeldIsFreeOnceItIsGone() throws IOException, InterruptedException {
    RunFolder folder = new RunHome(root).create(null);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process gone = new ProcessBuilder(java, "-version").start();
    gone.waitFor();
    RunControl control = new RunControl(folder);
    control.hold(7, "process-" + gone.pid());
    control.hold(8, RunControl.thisProcess());
    assertEquals(Set.of(8), control.held());
  }
}
