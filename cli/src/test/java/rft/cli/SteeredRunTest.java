package rft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, pause, stop, and a second trainer, as seen from the shell. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
final class SteeredRunTest {
  /** Far more than it takes on any machine, to find a command that hangs. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final String[] LONG = {"--data=dates", "--steps=100000", "--validate-every=50"};

  @TempDir Path folder;
  private UserHome user;

  @BeforeEach
  void makeHome() {
    user = new UserHome(folder);
  }

  @Test
  void ctrlCIsAnsweredSavesTheRunAndSaysHowToGoOn() throws Exception {
    try (Background training = user.startTraining(LONG)) {
      training.awaitErr("train 2");
      long start = System.nanoTime();
      training.interrupt();
      training.awaitErr("Stopping: ");
      Duration answered = Duration.ofNanos(System.nanoTime() - start);
      Launch.Outcome outcome = training.await();
      Duration ended = Duration.ofNanos(System.nanoTime() - start);
      System.out.printf(
          "Ctrl-C was answered after %d ms, the prompt came back after %d ms%n",
          answered.toMillis(), ended.toMillis());
      assertTrue(answered.compareTo(PATIENCE) < 0 && ended.compareTo(PATIENCE) < 0);
      assertEquals(130, outcome.exitCode(), outcome.err());
      String run = user.onlyRun();
      List<String> lines = outcome.out().lines().toList();
      assertEquals("  next: rft train --resume " + run, lines.get(lines.size() - 1));
      assertEquals("paused", user.status(run));
      assertGoesOn(run);
    }
  }

  /** Asserts that the run goes on beyond the step where it was paused. */
  private void assertGoesOn(String run) throws Exception {
    int last = user.json("runs", "show", run).path("last_step").asInt();
    try (Background again = user.launch().start("train", "--resume", run)) {
      again.awaitErr("train " + (last + 1) + "/");
    }
  }

  @Test
  void ctrlCEndsAnEvaluation() throws Exception {
    try (Background evaluation =
        user.launch().start("evaluate", "--data=dates", "--tasks=2000", "--samples=64")) {
      evaluation.awaitErr("evaluate 0/");
      evaluation.interrupt();
      Launch.Outcome outcome = evaluation.await();
      assertEquals(130, outcome.exitCode(), outcome.err());
      assertEquals("", outcome.out());
      assertTrue(!outcome.err().contains("defect"), outcome.err());
    }
  }

  @Test
  void pauseFromAnotherShellEndsTheRunResumably() throws Exception {
    try (Background training = user.startTraining(LONG)) {
      training.awaitErr("train 1");
      String run = user.onlyRun();
      user.ok("runs", "pause", run);
      assertEquals(130, training.await().exitCode());
      assertEquals("paused", user.status(run));
      Launch.Outcome twice = user.rft("runs", "pause", run);
      UserHome.assertRefused(1, "run " + run + " is paused", twice);
      try (Background again = user.launch().start("runs", "resume", run)) {
        again.awaitErr(" goes on;");
        user.ok("runs", "stop", run);
        Launch.Outcome stopped = again.await();
        assertEquals(130, stopped.exitCode());
        assertTrue(stopped.out().contains("next: rft runs show " + run), stopped.out());
      }
      assertEquals("stopped", user.status(run));
    }
  }

  @Test
  void aSecondTrainerIsRefusedNamingTheFirst() throws Exception {
    try (Background training = user.startTraining(LONG)) {
      training.awaitErr("train 1");
      String run = user.onlyRun();
      Launch.Outcome second = user.rft("train", "--resume", run);
      UserHome.assertRefused(1, "the process with pid " + training.pid(), second);
      assertTrue(training.isAlive());
      assertEquals("running", user.status(run));
    }
  }
}
