package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up stops the run with a sentence; with space again it goes on. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
final class FullDiskTest {
  @TempDir Path folder;
  private Path disk;

  @BeforeEach
  void mountASmallDisk() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    boolean mounted =
        exitCode("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString()) == 0;
    assumeTrue(mounted, "only root may mount a small disk to fill");
  }

  @AfterEach
  void unmount() throws Exception {
    exitCode("umount", disk.toString());
  }

  private static int exitCode(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void aFullDiskStopsTheRunWhichGoesOnWithSpace() throws Exception {
    UserHome user = new UserHome(folder, disk.resolve("home"));
    Path ballast = disk.resolve("ballast");
    try (Background training =
        user.startTraining("--data=json", "--steps=40", "--validate-every=0")) {
      training.awaitErr("reward ");
      fill(ballast);
      Launch.Outcome full = training.await();
      assertEquals(1, full.exitCode(), full.err() + full.out());
      String run = user.onlyRun();
      UserHome.assertSentence("then rft train --resume " + run, full.err());
      Launch.Outcome still = user.rft("train", "--resume", run);
      UserHome.assertRefused(1, "then rft train --resume " + run, still);
    }
    Files.delete(ballast);
    String run = user.onlyRun();
    user.ok("train", "--resume", run);
    assertEquals("finished", user.status(run));
    assertEquals(40, user.json("runs", "show", run).path("last_step").asInt());
  }

  private static void fill(Path file) throws Exception {
    exitCode("dd", "if=/dev/zero", "of=" + file, "bs=64k");
  }

  @Test
  void aDiskThatIsFullFromTheStartLeavesNoRun() throws Exception {
    UserHome user = new UserHome(folder, disk.resolve("home"));
    Files.createDirectories(disk.resolve("home/runs"));
    fill(disk.resolve("ballast"));
    Launch.Outcome full = user.train("--data=json", "--steps=2");
    UserHome.assertRefused(1, "no run could be made in " + disk.resolve("home"), full);
    assertEquals(0, user.runs().size());
  }
}
