import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import rft.run.RunFolder;
import rft.run.RunHome;

/**
 * Makes the three recorded runs of the demo anew: trains them, and packs what a page needs of each
 * into {@code datasets/demo/runs}. One learns, one hacks its reward, one collapses. Run it from the
 * repository's root after a build, with a home of its own (about two minutes on one core):
 *
 * <pre>
 * RFT_HOME=/somewhere/empty java -cp "target/lib/rft-tasks/*:target/lib/rft-runs/*" bench/DemoRuns.java
 * </pre>
 *
 * Packed runs have no checkpoints and no report. What was an absolute path is the name of the
 * bundled model or sample dataset, which is found on any machine, or the name of the reward. With
 * names of runs as arguments it makes only these.
 */
public class DemoRuns {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path OUT = Path.of("datasets/demo/runs");
  private static final List<List<String>> RUNS =
      List.of(
          List.of(
              "demo-learns",
              "addition",
              "--reward",
              "bench/real/rewards/arithmetic.java",
              "--check",
              "number-match",
              "--steps",
              "40"),
          List.of(
              "demo-hacks",
              "json",
              "--reward",
              "parses-as-json",
              "--check",
              "json-match",
              "--steps",
              "40"),
          List.of(
              "demo-collapses",
              "addition",
              "--check",
              "number-match",
              "--steps",
              "50",
              "--lr",
              "1.2e-2"));

  public static void main(String[] args) throws Exception {
    for (List<String> run : RUNS) {
      if (args.length > 0 && !List.of(args).contains(run.get(0))) {
        continue;
      }
      if (trained(run.get(0)).isEmpty()) {
        train(run);
      }
      pack(
          RunHome.standard().open(trained(run.get(0)).get(0)), OUT.resolve(run.get(0)), run.get(1));
    }
    long bytes = 0;
    for (Path file : files(OUT)) {
      bytes += Files.size(file);
    }
    System.out.printf("%,d bytes in %s%n", bytes, OUT);
  }

  private static List<String> trained(String name) throws IOException {
    return RunHome.standard().ids().stream().filter(id -> id.startsWith(name)).toList();
  }

  private static void train(List<String> run) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getenv().getOrDefault("RFT", "./rft"),
                "train",
                "--model",
                "tiny-chat",
                "--name",
                run.get(0),
                "--data",
                run.get(1),
                "--group-size",
                "8",
                "--seed",
                "1",
                "--threads",
                "1",
                "--kl-every",
                "1",
                "--validate-every",
                "5",
                "--validation-tasks",
                "200",
                "--validation-samples",
                "1",
                "--checkpoint-every",
                "100"));
    command.addAll(run.subList(2, run.size()));
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IllegalStateException(run.get(0) + " ended with " + code);
    }
  }

  private static void pack(RunFolder from, Path to, String dataset)
      throws IOException, SQLException {
    for (Path old : Files.isDirectory(to) ? files(to) : List.<Path>of()) {
      Files.delete(old);
    }
    Files.createDirectories(to.resolve("rollouts"));
    for (Path file : files(from.path())) {
      String name = from.path().relativize(file).toString();
      if (name.startsWith("rollouts") || name.endsWith(".jar")) {
        Files.copy(file, to.resolve(name));
      }
    }
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + from.databaseFile());
        Statement statement = database.createStatement()) {
      statement.execute("VACUUM INTO '" + to.resolve("run.db") + "'");
    }
    ObjectNode header = (ObjectNode) JSON.readTree(from.headerFile().toFile());
    header.put("id", to.getFileName().toString()).put("name", to.getFileName().toString());
    ObjectNode inputs = (ObjectNode) header.get("options").get("inputs");
    inputs.put("model", "tiny-chat").put("dataset", dataset);
    inputs.set("reward", header.get("reward").get("name"));
    ((ObjectNode) header.get("machine")).put("os", "Linux amd64");
    ((ObjectNode) header.get("model")).put("path", "tiny-chat");
    Files.writeString(
        to.resolve("run.json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(header) + "\n",
        StandardCharsets.UTF_8);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
