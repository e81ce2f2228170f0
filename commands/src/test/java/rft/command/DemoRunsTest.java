package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rft.health.Alarm;
import rft.health.HealthReport;
import rft.reward.RewardUnit;
import rft.run.RunFolder;
import rft.run.RunHeader;
import rft.run.RunHome;
import rft.run.RunReader;
import rft.run.RunStatus;

/** The recorded runs of the demo, as they lie in the repository. */
class DemoRunsTest {
  private static final Path RUNS = Path.of(System.getProperty("rft.root"), "datasets/demo/runs");
  private static final long MOST_BYTES = 5_000_000;
  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w/.])/(work|root|home|tmp|Users|var|opt)/|[A-Z]:\\\\\\\\");

  @TempDir private Path home;

  /** Copies a run: reading must not change what is in the repository. */
  private RunFolder copy(String id) throws IOException {
    Path to = home.resolve("runs").resolve(id);
    for (Path file : files(RUNS.resolve(id))) {
      Path target = to.resolve(RUNS.resolve(id).relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
    return new RunHome(home).open(id);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo-learns", "demo-hacks", "demo-collapses"})
  void aRecordedRunOpensWholeOnAnyMachine(String id) throws IOException {
    RunFolder folder = copy(id);
    try (RunReader run = RunReader.open(folder)) {
      RunHeader header = run.header();
      assertEquals(RunStatus.FINISHED, run.status());
      assertEquals(header.options().loop().steps(), run.lastStep());
      assertEquals(run.lastStep(), run.rolloutSteps().size());
      int groups = header.options().loop().tasksPerStep() * header.options().loop().groupSize();
      for (int step : run.rolloutSteps()) {
        assertEquals(groups, run.rollouts(step).size());
      }
      Installation here = Installation.current();
      assertTrue(Files.isRegularFile(here.baseOf(header).resolve("tokenizer.json")));
      String dataset = header.options().inputs().dataset();
      assertEquals(header.dataset().sha256(), here.dataset(dataset).sha256());
      assertEquals(header.reward().sha256(), RewardUnit.readJar(folder.rewardJar()).sha256());
    }
  }

  @Test
  void theyAreSmallAndNameNoMachine() throws IOException {
    long bytes = 0;
    for (Path file : files(RUNS)) {
      bytes += Files.size(file);
      assertFalse(file.toString().endsWith("-wal"), file + " is not checkpointed");
      for (String text : texts(file)) {
        assertFalse(MACHINE_PATH.matcher(text).find(), file + " names a path of a machine");
      }
    }
    assertTrue(bytes <= MOST_BYTES, bytes + " bytes");
  }

  /** Returns the content of a file, or of each entry of a jar. */
  private static List<String> texts(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    List<String> texts = new ArrayList<>();
    texts.add(new String(content, StandardCharsets.ISO_8859_1));
    if (file.toString().endsWith(".jar")) {
      try (ZipInputStream jar = new ZipInputStream(new ByteArrayInputStream(content))) {
        for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
          texts.add(new String(jar.readAllBytes(), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return texts;
  }

  @Test
  void theirHealthIsWhatTheirNamesSay() throws IOException {
    assertEquals(Set.of(), lasting("demo-learns"));
    assertEquals(Set.of("validation-gap"), lasting("demo-hacks"));
    assertTrue(lasting("demo-collapses").containsAll(Set.of("reward-fell", "no-signal")));
  }

  @Test
  void oneIsTrainedWithARewardOfParts() throws IOException {
    try (RunReader run = RunReader.open(copy("demo-learns"))) {
      assertEquals(40, run.metric("reward/part/form").size());
      assertEquals(40, run.metric("reward/part/correct").size());
    }
  }

  @Test
  void whatTheySayToTryNamesTheRun() throws IOException {
    try (RunReader run = RunReader.open(copy("demo-hacks"))) {
      List<String> cures = HealthReport.of(run).alarms().get(0).tryNext();
      assertTrue(cures.get(0).contains("rft inspect demo-hacks --best"), cures.get(0));
    }
  }

  private Set<String> lasting(String id) throws IOException {
    try (RunReader run = RunReader.open(copy(id))) {
      return HealthReport.of(run).alarms().stream()
          .filter(Alarm::lasts)
          .map(Alarm::rule)
          .collect(Collectors.toSet());
    }
  }
}
