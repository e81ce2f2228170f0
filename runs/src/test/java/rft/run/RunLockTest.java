package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
  @TempDir Path root;
  private RunFolder folder;

  @BeforeEach
  void createRun() throws IOException {
    folder = new RunHome(root).create("addition");
  }

  @Test
  void aSecondTrainerInAnotherProcessIsRefusedByPid() throws Exception {
    try (TrainerProcess first = TrainerProcess.start(folder)) {
      assertEquals("took the run", first.line());
      assertEquals("wrote 1", first.line());

      String refusal = refused(() -> RunWriter.resume(folder));
      assertTrue(refusal.contains("run " + folder.id() + " is being trained by"), refusal);
      assertTrue(refusal.contains("pid " + first.pid() + ","), refusal);
      refused(() -> RunWriter.create(folder, SampleRun.header(folder)));
      assertEquals(Optional.of(first.pid()), RunLock.livePid(folder));
      try (RunReader reader = RunReader.open(folder)) {
        assertEquals(RunStatus.RUNNING, reader.status());
        int before = reader.lastStep();
        assertTrue(first.line().startsWith("wrote "), "the first trainer goes on");
        assertTrue(before >= 1);
      }

      int written = first.killAndReadLastStep();
      try (RunReader reader = RunReader.open(folder)) {
        assertEquals(RunStatus.CRASHED, reader.status());
      }
      try (RunWriter next = RunWriter.resume(folder);
          RunReader reader = RunReader.open(folder)) {
        assertTrue(reader.lastStep() >= written, "taken over with every row");
        assertEquals(folder, next.folder());
      }
    }
  }

  @Test
  void anotherProcessIsRefusedWhileThisOneTrainsAndReads() throws Exception {
    try (RunWriter writer = RunWriter.create(folder, SampleRun.header(folder))) {
      // Reading in this process must not give up the lock of this process.
      try (RunReader reader = RunReader.open(folder)) {
        assertEquals(RunStatus.RUNNING, reader.status());
      }
      assertEquals(1, new RunHome(root).list().size());
      refused(() -> RunWriter.resume(folder));

      try (TrainerProcess second = TrainerProcess.start(folder)) {
        String said = second.line();
        assertTrue(said.contains("pid " + ProcessHandle.current().pid() + ","), said);
      }
      writer.writeStep(1, SampleRun.metrics(1), SampleRun.rollouts(1));
    }
    assertEquals(Optional.empty(), RunLock.livePid(folder));
  }

  @Test
  void aSecondTrainerInThisProcessIsRefusedUntilTheFirstCloses() throws IOException {
    RunLock first = RunLock.take(folder);
    assertTrue(refused(() -> RunLock.take(folder)).contains("this process"));
    first.close();
    first.close();
    RunLock.take(folder).close();
  }

  @Test
  void aLockOfADeadProcessIsTakenOver() throws IOException {
    note(Long.MAX_VALUE / 2, "whenever");
    assertEquals(Optional.empty(), RunLock.livePid(folder));
    RunLock.take(folder).close();
  }

  @Test
  void aLockWhosePidBelongsToALaterProcessIsTakenOver() throws Exception {
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      note(other.pid(), "before it was born");
      assertEquals(Optional.empty(), RunLock.livePid(folder));
      RunLock.take(folder).close();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void aLiveProcessIsBelievedEvenWithoutItsLockFile() throws Exception {
    try (TrainerProcess trainer = TrainerProcess.start(folder)) {
      assertEquals("took the run", trainer.line());
      // Some network file systems forget locks: then the note still refuses the second trainer.
      Files.delete(folder.path().resolve("lock"));
      assertTrue(refused(() -> RunLock.take(folder)).contains("pid " + trainer.pid()));
    }
  }

  @Test
  void anUnreadableNoteIsNobody() throws IOException {
    Files.writeString(folder.path().resolve("trainer.json"), "{\"pid\":");
    assertEquals(Optional.empty(), RunLock.livePid(folder));
    RunLock.take(folder).close();
  }

  @Test
  void aHeartbeatTellsWhenTheTrainerLastWorked() throws IOException {
    Instant evening = Instant.parse("2026-11-24T21:30:12Z");
    assertEquals(Optional.empty(), RunLock.lastHeartbeat(folder));
    try (RunLock lock = RunLock.take(folder, Clock.fixed(evening, ZoneOffset.UTC))) {
      lock.heartbeat();
      assertEquals(Optional.of(evening), RunLock.lastHeartbeat(folder));
    }
    assertEquals(Optional.empty(), RunLock.lastHeartbeat(folder));
  }

  @Test
  void aClockThatJumpsKillsNoRun() throws IOException {
    Clock back = Clock.offset(Clock.systemUTC(), Duration.ofDays(-400));
    try (RunWriter writer = RunWriter.create(folder, SampleRun.header(folder), back);
        RunReader reader = RunReader.open(folder)) {
      writer.heartbeat();
      writer.event(RunEvent.Kind.STARTED, 0, "");
      assertEquals(RunStatus.RUNNING, reader.status());
    }
  }

  @Test
  void thisProcessIsAliveAndItsPidAloneIsNot() {
    ProcessIdentity self = ProcessIdentity.current();

    assertTrue(self.isAlive());
    assertFalse(new ProcessIdentity(self.pid(), self.start() + "0").isAlive());
  }

  private void note(long pid, String start) throws IOException {
    DurableFile.write(
        folder.path().resolve("trainer.json"),
        RunJson.write(new LockHolder(pid, start, Instant.EPOCH)));
  }

  private static String refused(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(IllegalStateException.class, call).getMessage();
  }
}
