package rft.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelStoreTest {
  @TempDir Path folder;

  private ModelStore store() {
    return new ModelStore(folder.resolve("models"));
  }

  private Path model(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name));
  }

  @Test
  void aRegisteredModelIsALinkAndStaysWhereItIs() throws IOException {
    Path model = model("mine");
    Files.writeString(model.resolve("config.json"), "{}");
    Path link = store().register("short", model);
    assertTrue(store().isLink("short"));
    assertEquals(model.toRealPath(), link.toRealPath());
    assertEquals(link, store().register("short", model), "twice is once");
    assertEquals(List.of("short"), store().names());
    assertEquals(Optional.of(link), store().find("short"));
    Files.delete(model.resolve("config.json"));
    Files.delete(model);
    assertEquals(List.of("short"), store().names(), "a link that leads nowhere is listed");
    assertEquals(Optional.empty(), store().find("short"));
  }

  @Test
  void aNameIsTakenOnceAndIsNoPath() throws IOException {
    store().register("short", model("one"));
    Path two = model("two");
    String taken =
        assertThrows(IllegalArgumentException.class, () -> store().register("short", two))
            .getMessage();
    assertTrue(taken.startsWith("there is a model short already, a link to "), taken);
    for (String bad : new String[] {"../up", ".pull", "a/b", "", "a b"}) {
      assertThrows(IllegalArgumentException.class, () -> store().register(bad, two), bad);
    }
    assertEquals(Optional.empty(), store().find("../two"));
  }

  @Test
  void aGgufFileOnThisMachineIsAdoptedAndItsOriginNoted() throws IOException {
    Path gguf = Files.writeString(folder.resolve("m.gguf"), "GGUF");
    ModelInspection check =
        new ModelInspection() {
          @Override
          public void beforeWeights(Path staged) {}

          @Override
          public void whole(Path staged) throws IOException {
            assertEquals("GGUF", Files.readString(staged.resolve("m.gguf")));
          }
        };
    Path made = store().adopt("m", gguf, check);
    PulledFrom from = PulledFrom.read(made).orElseThrow();
    assertTrue(from.isLocal());
    assertEquals(gguf.toRealPath().toString(), from.text());
    assertEquals(made, store().adopt("m", gguf, check));
  }

  @Test
  void nothingStaysOfAGgufFileThatIsRefused() throws IOException {
    Path gguf = Files.writeString(folder.resolve("m.gguf"), "GGUF");
    ModelInspection strict =
        new TestPull.Anything() {
          @Override
          public void whole(Path staged) {
            throw new IllegalArgumentException("no model");
          }
        };
    assertThrows(IllegalArgumentException.class, () -> store().adopt("m", gguf, strict));
    try (StagedPull next = store().stage("m")) {
      assertEquals(List.of(), TestPull.names(next.folder()));
    }
    assertFalse(Files.exists(folder.resolve("models").resolve(".pull").resolve("m")));
    assertTrue(Files.exists(gguf));
  }

  @Test
  void oneProcessPullsAModelAtATime() throws IOException {
    try (StagedPull staged = store().stage("m")) {
      assertTrue(Files.isDirectory(staged.folder()));
      assertTrue(
          assertThrows(PullException.class, () -> store().stage("m"))
              .getMessage()
              .startsWith("another process is pulling m"));
    }
    store().stage("m").close();
    assertFalse(store().names().contains("m"));
  }

  @Test
  void aDamagedNoteIsNamedAndItsModelCanStillBeRemoved() throws IOException {
    Path model = Files.createDirectories(store().folder("m"));
    Files.writeString(model.resolve("pulled.json"), "{");
    PulledFrom from = PulledFrom.read(model).orElseThrow();
    assertTrue(String.valueOf(from.note()).contains("pulled.json is damaged"), from.toString());
    assertEquals(Optional.empty(), store().find("owner/name"));
    store().remove("m");
    assertEquals(List.of(), store().names());
  }
}
