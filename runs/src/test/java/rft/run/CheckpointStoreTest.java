package rft.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  @TempDir Path root;
  private RunFolder folder;
  private CheckpointStore store;

  @BeforeEach
  void createRun() throws IOException {
    folder = new RunHome(root).create("addition");
    store = new CheckpointStore(folder);
  }

  @Test
  void aCheckpointHoldsItsFiles() throws IOException {
    store.write(
        50,
        to -> {
          Files.write(to.resolve("adapter_model.safetensors"), new byte[1000]);
          Files.writeString(to.resolve("cursor.json"), "{\"step\":50}");
          Files.write(to.resolve("optimizer.bin"), new byte[24]);
        });

    assertEquals(List.of(50), store.steps());
    assertEquals("step-000050", DurableFile.nameOf(store.folder(50)));
    assertEquals("{\"step\":50}", Files.readString(store.require(50).resolve("cursor.json")));
    assertEquals(1000 + 11 + 24, store.sizeBytes(50));
    assertEquals(0, store.sizeBytes(51));
  }

  @Test
  void aFullDiskLeavesTheOlderCheckpointsAndSaysWhatToDo() throws IOException {
    save(1);
    FolderContent files =
        to -> {
          Files.writeString(to.resolve("a"), "whole");
          Files.write(to.resolve("b"), new byte[100_000]);
          throw new IOException("No space left on device");
        };

    String message = assertThrows(IOException.class, () -> store.write(2, files)).getMessage();

    assertEquals(1, message.lines().count());
    assertTrue(message.contains("checkpoint of step 2"), message);
    assertTrue(message.contains("No space left on device"), message);
    assertTrue(message.contains("free some space"), message);
    assertEquals(List.of(1), store.steps());
    assertEquals("1", Files.readString(store.require(1).resolve("state")));
    assertEquals(List.of("step-000001"), names());
  }

  @Test
  void aFailureWhileReplacingKeepsTheCheckpointThatWasThere() throws IOException {
    save(1);

    assertThrows(
        IOException.class,
        () ->
            store.write(
                1,
                to -> {
                  throw new IOException("disk gone");
                }));
    assertThrows(
        IllegalStateException.class,
        () ->
            store.write(
                1,
                to -> {
                  throw new IllegalStateException("tensor freed");
                }));

    assertEquals("1", Files.readString(store.require(1).resolve("state")));
    assertEquals(List.of("step-000001"), names());
  }

  @Test
  void aCheckpointOfTheSameStepIsReplacedWhole() throws IOException {
    save(1);
    store.write(1, to -> Files.writeString(to.resolve("other"), "new"));

    assertEquals(
        List.of("other"),
        DurableFile.list(store.folder(1)).stream().map(DurableFile::nameOf).toList());
  }

  @Test
  void aHalfWrittenCheckpointIsNeverSeenAndTheNextTrainerSweepsIt() throws IOException {
    try (RunWriter writer = RunWriter.create(folder, SampleRun.header(folder))) {
      writer.checkpoints().write(1, to -> Files.writeString(to.resolve("state"), "1"));
    }
    Path draft = folder.checkpointsFolder().resolve(".draft-step-000002");
    Files.createDirectories(draft);
    Files.writeString(draft.resolve("state"), "ha");

    assertEquals(List.of(1), store.steps());
    assertTrue(Files.exists(draft), "a reader deletes nothing");
    try (RunWriter writer = RunWriter.resume(folder)) {
      assertEquals(OptionalInt.of(1), writer.checkpoints().latest());
    }
    assertFalse(Files.exists(draft));
  }

  @Test
  void theNewestTwoAndTheBestAreKept() throws IOException {
    for (int step = 1; step <= 6; step++) {
      save(step);
      store.markBest(step, step == 2 ? 0.9 : 0.5);
      store.keepOnly(CheckpointStore.KEPT, kept -> false);
    }

    assertEquals(List.of(2, 5, 6), store.steps());
    assertEquals(OptionalInt.of(2), store.best());
    assertEquals(OptionalInt.of(6), store.latest());
  }

  @Test
  void theBestIsTheFirstOfEqualsAndNeverNaN() throws IOException {
    save(1);
    save(2);
    save(3);

    assertFalse(store.markBest(1, Double.NaN));
    assertEquals(OptionalInt.empty(), store.best());
    assertTrue(store.markBest(1, 0.5));
    assertFalse(store.markBest(2, 0.5));
    assertFalse(store.markBest(2, Double.NaN));
    assertTrue(store.markBest(3, 0.75));
    assertEquals(OptionalInt.of(3), store.best());
    assertThrows(IllegalArgumentException.class, () -> store.markBest(4, 1));
  }

  @Test
  void aBestThatWasDroppedIsForgotten() throws IOException {
    save(1);
    save(2);
    store.markBest(2, 0.9);
    store.truncateAfter(1);

    assertEquals(OptionalInt.empty(), store.best());
    assertTrue(store.markBest(1, 0.1));
  }

  @Test
  void aDamagedBestIsForgottenAndHarmsNothing() throws IOException {
    save(1);
    store.markBest(1, 0.9);
    Files.writeString(folder.checkpointsFolder().resolve("best.json"), "{\"step\":");

    assertEquals(OptionalInt.empty(), store.best());
    assertTrue(store.markBest(1, 0.1));
  }

  @Test
  void aMissingCheckpointIsNamedBesideThoseThatExist() throws IOException {
    save(10);
    save(20);

    String message =
        assertThrows(IllegalArgumentException.class, () -> store.require(15)).getMessage();
    assertEquals("there is no checkpoint of step 15, only of [10, 20]", message);
  }

  @Test
  void aCheckpointOfNothingOrOfFoldersIsRefused() throws IOException {
    assertThrows(IllegalArgumentException.class, () -> store.write(1, to -> {}));
    assertThrows(
        IllegalArgumentException.class,
        () -> store.write(1, to -> Files.createDirectory(to.resolve("inner"))));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            store.write(
                1, to -> Files.createSymbolicLink(to.resolve("link"), Path.of("/etc/hostname"))));
    assertThrows(IllegalArgumentException.class, () -> store.keepOnly(0, step -> false));
    assertEquals(List.of(), store.steps());
  }

  @Test
  void lastingCheckpointsStay() throws IOException {
    for (int step = 1; step <= 12; step++) {
      save(step);
      store.keepOnly(2, kept -> kept % 5 == 0);
    }
    assertEquals(List.of(5, 10, 11, 12), store.steps());
  }

  private void save(int step) throws IOException {
    store.write(step, to -> Files.writeString(to.resolve("state"), Integer.toString(step)));
  }

  private List<String> names() throws IOException {
    return DurableFile.list(folder.checkpointsFolder()).stream().map(DurableFile::nameOf).toList();
  }
}
