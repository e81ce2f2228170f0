import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Resident memory of a training process by step. Linux only: reads /proc. Run it from the repository's root after a build:
 *
 * <pre>java bench/Memory.java 520</pre>
 *
 * It starts {@code rft train} on dates for that many steps and prints the resident set at step 100, every hundred steps after
 * that, and the largest change since step 100.
 */
public class Memory {
  public static void main(String[] args) throws Exception {
    int steps = args.length == 0 ? 520 : Integer.parseInt(args[0]);
    Path home = Files.createTempDirectory("rft-memory");
    ProcessBuilder builder = new ProcessBuilder("./rft", "train", "--data", "dates", "--steps", Integer.toString(steps),
        "--tasks-per-step", "4", "--group-size", "8", "--validate-every", "0", "--max-new-tokens", "16", "--json");
    builder.environment().put("RFT_HOME", home.toString());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    List<Long> resident = new ArrayList<>();
    int next = 100;
    while (process.isAlive()) {
      int step = lastStep(home);
      if (step >= next) {
        long kilobytes = resident(process.pid());
        resident.add(kilobytes);
        System.out.printf(Locale.ROOT, "step %4d  %7.1f MiB  %+.2f %%%n", step, kilobytes / 1024.0,
            100.0 * (kilobytes - resident.get(0)) / resident.get(0));
        next += 100;
      }
      Thread.sleep(100);
    }
    System.exit(process.exitValue());
  }

  /** Returns the highest step with a segment of rollouts. */
  private static int lastStep(Path home) throws IOException {
    int last = 0;
    Path runs = home.resolve("runs");
    if (!Files.isDirectory(runs)) {
      return 0;
    }
    try (var folders = Files.list(runs)) {
      for (Path run : folders.toList()) {
        if (!Files.isDirectory(run.resolve("rollouts"))) {
          continue;
        }
        try (var segments = Files.list(run.resolve("rollouts"))) {
          for (Path segment : segments.toList()) {
            String number = segment.getFileName().toString().replaceAll("^step-(\\d+).*$", "$1");
            if (number.matches("\\d+")) {
              last = Math.max(last, Integer.parseInt(number));
            }
          }
        }
      }
    }
    return last;
  }

  private static long resident(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }
}
