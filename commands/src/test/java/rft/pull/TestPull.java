package rft.pull;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A hub on the loopback address, a store in a folder, and what a pull between them said. */
final class TestPull implements AutoCloseable {
  static final byte[] WEIGHTS = weights(300_000);

  final Path home;
  final FakeHub hub = new FakeHub();
  final List<String> said = new ArrayList<>();
  final List<Long> bytes = Collections.synchronizedList(new ArrayList<>());
  LongPredicate stop = done -> false;
  LongConsumer heard = done -> {};
  FileDownload.Patience patience =
      new FileDownload.Patience(Duration.ofSeconds(20), Duration.ofMillis(1));
  long usable = Long.MAX_VALUE;

  TestPull(Path home) throws IOException {
    this.home = home;
  }

  @Override
  public void close() {
    hub.close();
  }

  static byte[] weights(int count) {
    byte[] content = new byte[count];
    new Random(7).nextBytes(content);
    return content;
  }

  FakeHub texts() {
    return hub.file("config.json", "{\"a\":1}").file("tokenizer.json", "{}");
  }

  private final class Meter implements PullMeter {
    @Override
    public void bytes(long done, long total) {
      assertTrue(done <= total, done + " of " + total);
      bytes.add(done);
      heard.accept(done);
    }

    @Override
    public void say(String sentence) {
      said.add(sentence);
    }

    @Override
    public boolean stopRequested() {
      return !bytes.isEmpty() && stop.test(bytes.get(bytes.size() - 1));
    }
  }

  /** Keeps whatever it is given. */
  static class Anything implements ModelInspection {
    @Override
    public void beforeWeights(Path folder) {}

    @Override
    public void whole(Path folder) {}
  }

  ModelStore store() {
    return new ModelStore(home.resolve("models"), place -> usable);
  }

  Path run(String name) throws IOException, InterruptedException {
    return run(name, "model", null, new Anything());
  }

  Path run(String name, String as, @Nullable String token, ModelInspection inspection)
      throws IOException, InterruptedException {
    return new HubPull(hub.access(token), store(), patience)
        .pull(RepositoryName.parse(name), "main", as, inspection, new Meter());
  }

  String refusal(String name) {
    return refusal(name, "model");
  }

  String refusal(String name, String as) {
    return assertThrows(IOException.class, () -> run(name, as, null, new Anything())).getMessage();
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
