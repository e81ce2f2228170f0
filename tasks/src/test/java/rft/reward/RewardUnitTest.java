package rft.reward;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rft.dataset.Task;

final class RewardUnitTest {
  private static final String SOURCE = "return completion.equals(answer);";
  private static final Task TASK = Task.of("t", "2+2?", "4");
  private static final List<Completion> GROUP = List.of(Completion.of("4"), Completion.of("5"));

  @TempDir Path folder;

  @Test
  void aUnitReadFromItsJarIsTheSameAndScoresWithoutACompiler() throws IOException {
    RewardUnit unit = compile("exakt ✓", SOURCE);
    Path jar = folder.resolve("reward.jar");
    unit.writeJar(jar);
    RewardUnit read = RewardUnit.readJar(jar);
    assertEquals(unit, read);
    assertEquals("exakt ✓", read.name());
    assertEquals(SOURCE, read.source());
    assertEquals(List.of(Score.of(1), Score.of(0)), read.load().score(TASK, GROUP));
  }

  @Test
  void equalUnitsGiveEqualBytesAndOtherSourceAnotherHash() throws IOException {
    Path first = folder.resolve("a.jar");
    Path second = folder.resolve("b.jar");
    compile("exact", SOURCE).writeJar(first);
    compile("exact", SOURCE).writeJar(second);
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
    assertNotEquals(
        compile("exact", SOURCE).sha256(), compile("exact", SOURCE + " // new").sha256());
    assertNotEquals(compile("exact", SOURCE).sha256(), compile("other", SOURCE).sha256());
  }

  @Test
  void theJarIsOneThatOtherToolsRead() throws IOException {
    Path file = folder.resolve("reward.jar");
    compile("exact", SOURCE).writeJar(file);
    try (JarFile jar = new JarFile(file.toFile())) {
      assertEquals("exact", jar.getManifest().getMainAttributes().getValue("Reward-Name"));
      assertEquals("exact_reward", jar.getManifest().getMainAttributes().getValue("Reward-Class"));
      assertTrue(jar.getEntry("exact_reward.class").getSize() > 0);
    }
  }

  @Test
  void dependencyJarsTravelWithTheUnit() throws IOException {
    Path library = libraryJar();
    RewardUnit unit =
        new RewardCompiler()
            .compile("dep", "return org.lib.Same.same(completion, answer);", List.of(library));
    Path jar = folder.resolve("reward.jar");
    unit.writeJar(jar);
    Files.delete(library);
    RewardUnit read = RewardUnit.readJar(jar);
    assertEquals(List.of("library.jar"), read.dependencies());
    assertEquals(List.of(Score.of(1), Score.of(0)), read.load().score(TASK, GROUP));
  }

  @Test
  void everyLoadHasStaticsOfItsOwn() {
    RewardUnit unit =
        compile(
            "count",
            "public class Count { static int n; public static int reward(String c)"
                + " { return ++n; } }");
    assertEquals(List.of(Score.of(1), Score.of(2)), unit.load().score(TASK, GROUP));
    assertEquals(List.of(Score.of(1), Score.of(2)), unit.load().score(TASK, GROUP));
  }

  @Test
  void aConstructorThatThrowsIsNamed() {
    RewardUnit unit =
        compile(
            "bad",
            "public class Bad implements rft.reward.RewardFunction {\n"
                + "  public Bad() { throw new IllegalStateException(\"no key\"); }\n"
                + "  public rft.reward.Verdict score(rft.dataset.Task t, rft.reward.Completion c)"
                + " { return null; }\n}");
    String message = assertThrows(IllegalArgumentException.class, unit::load).getMessage();
    assertTrue(message.contains("IllegalStateException: no key"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/abs.class",
        "../up.class",
        "a/../../up.class",
        "a\\b.class",
        "C:x.class",
        "a//b.class",
        "folder/",
        "META-INF/services/x",
        "readme.txt"
      })
  void aJarWithANameNoRewardHasIsRefused(String name) throws IOException {
    Path jar = folder.resolve("reward.jar");
    compile("exact", SOURCE).writeJar(jar);
    Map<String, byte[]> entries = entries(jar);
    entries.put(name, new byte[0]);
    rewrite(jar, entries);
    assertRefused(jar, name);
  }

  @Test
  void aChangedClassIsNoticed() throws IOException {
    Path jar = folder.resolve("reward.jar");
    compile("exact", SOURCE).writeJar(jar);
    Map<String, byte[]> entries = entries(jar);
    byte[] bytes = entries.get("exact_reward.class");
    bytes[bytes.length - 1] ^= 1;
    rewrite(jar, entries);
    assertRefused(jar, "changed after it was written");
  }

  @Test
  void aZipBombIsStoppedWhileReading() throws IOException {
    Path jar = folder.resolve("reward.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("Bomb.class"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 70; i++) {
        zip.write(zeros);
      }
    }
    assertTrue(Files.size(jar) < 1 << 20);
    assertRefused(jar, "64 MiB");
  }

  @Test
  void aFileThatIsNoRewardIsRefused() throws IOException {
    Path file = folder.resolve("reward.jar");
    Files.writeString(file, "not a zip");
    assertRefused(file, "it is not the jar of a reward");
  }

  private static void assertRefused(Path jar, String part) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> RewardUnit.readJar(jar)).getMessage();
    assertTrue(message.contains(part), message);
  }

  private static RewardUnit compile(String name, String source) {
    return new RewardCompiler().compile(name, source);
  }

  private static Map<String, byte[]> entries(Path jar) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        entries.put(e.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private static void rewrite(Path jar, Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    Files.write(jar, bytes.toByteArray());
  }

  private Path libraryJar() throws IOException {
    Path source = Files.createDirectories(folder.resolve("src")).resolve("Same.java");
    Files.writeString(
        source,
        "package org.lib; public class Same { public static boolean same(String a, String b)"
            + " { return a.equals(b); } }");
    List<String> options = new ArrayList<>(Arrays.asList("--release", "17", "-d"));
    options.add(folder.resolve("out").toString());
    options.add(source.toString());
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(null, OutputStream.nullOutputStream(), null, options.toArray(new String[0])));
    Path jar = folder.resolve("library.jar");
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("org/lib/Same.class", Files.readAllBytes(folder.resolve("out/org/lib/Same.class")));
    entries.put("org/lib/notes.txt", "x".getBytes(StandardCharsets.UTF_8));
    rewrite(jar, entries);
    return jar;
  }
}
