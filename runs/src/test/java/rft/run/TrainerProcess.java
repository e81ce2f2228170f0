package rft.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A second JVM that writes a run, step after step, and says so only once a step is written. */
final class TrainerProcess implements AutoCloseable {
  private static final String WROTE = "wrote ";

  private final Process process;
  private final BufferedReader output;
  private int lastStep;

  private TrainerProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static TrainerProcess start(RunFolder folder) throws IOException {
    return start(folder, System.getProperty("java.io.tmpdir"));
  }

  static TrainerProcess start(RunFolder folder, String temporary) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Djava.io.tmpdir=" + temporary));
    command.addAll(List.of("-cp", classPath, TrainerProcess.class.getName()));
    command.add(folder.path().toString());
    return new TrainerProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Writes steps until it is killed; resumes when there is something to resume. */
  public static void main(String[] arguments) throws IOException {
    RunFolder folder = new RunFolder(Path.of(arguments[0]));
    try (RunWriter writer =
        Files.exists(folder.headerFile())
            ? RunWriter.resume(folder)
            : RunWriter.create(folder, SampleRun.header(folder))) {
      int step;
      try (RunReader reader = RunReader.open(folder)) {
        step = reader.lastStep();
      }
      writer.truncateAfter(step);
      writer.event(RunEvent.Kind.STARTED, step, "");
      System.out.println("took the run");
      while (step < 100_000) {
        step++;
        writer.writeStep(step, SampleRun.metrics(step), SampleRun.rollouts(step));
        System.out.println(WROTE + step);
      }
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
  }

  long pid() {
    return process.pid();
  }

  String line() throws IOException {
    String line = output.readLine();
    if (line != null && line.matches(WROTE + "\\d+")) {
      lastStep = Integer.parseInt(line.substring(WROTE.length()));
    }
    return line;
  }

  int lastStep() {
    return lastStep;
  }

  /** Kills the process as the kernel would, and returns the last step it said it wrote. */
  int killAndReadLastStep() throws IOException, InterruptedException {
    // Process.destroyForcibly would close the pipe with the lines that are still in it.
    process.toHandle().destroyForcibly();
    process.waitFor(30, TimeUnit.SECONDS);
    while (line() != null) {
      // Every line up to the end was an acknowledgement.
    }
    return lastStep;
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    output.close();
  }
}
