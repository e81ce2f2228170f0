package rft.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.policy.Devices;
import rft.policy.ModelConfig;
import rft.policy.Precision;

final class FreeMemoryTest {
  private static final ModelConfig MODEL =
      new ModelConfig(1000, 64, 128, 2, 4, 2, 16, 1e-5, 10000, true, 256);

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void linuxSaysWhatIsAvailableAndAContainerMayAllowLess() throws IOException {
    Path meminfo = file("meminfo", "MemTotal: 9000 kB\nMemFree: 10 kB\nMemAvailable:    2000 kB\n");
    assertEquals(2000 << 10, FreeMemory.ofThisMachine(meminfo, folder.resolve("none")));
    file("memory.max", "max\n");
    file("memory.current", "700000\n");
    assertEquals(2000 << 10, FreeMemory.ofThisMachine(meminfo, folder));
    file("memory.max", "1000000\n");
    assertEquals(300_000, FreeMemory.ofThisMachine(meminfo, folder));
    file("memory.stat", "active_file 5\ninactive_file 50000\n");
    assertEquals(350_000, FreeMemory.ofThisMachine(meminfo, folder));
  }

  @Test
  void whereThereIsNoLinuxJavaIsAsked() {
    assertTrue(FreeMemory.ofThisMachine(folder.resolve("none"), folder) > 0);
    assertTrue(FreeMemory.of("cpu").bytes() > 0);
  }

  @Test
  void aModelLargerThanMemoryIsRefusedWithBothNumbers() {
    long need = MODEL.parameters() * 4 + MemoryNeed.tables(MODEL);
    new FreeMemory("cpu", need).require(MODEL, Precision.F32, folder);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new FreeMemory("cpu", need - 1).require(MODEL, Precision.F32, folder));
    assertEquals(
        folder
            + " takes 0.6 MB in memory (138,048 weights of 4 bytes, tables of 256 positions), and"
            + " this machine has 0.6 MB left: free some, or take a smaller model",
        e.getMessage());
  }

  @Test
  void theCopyThatSomeProcessorsSampleWithCountsToo() {
    boolean packs = Devices.packs(MODEL, Precision.BF16, "cpu");
    long weights = MODEL.parameters() * 2;
    long tables = MemoryNeed.tables(MODEL);
    new FreeMemory("cuda:0", weights + tables).require(MODEL, Precision.BF16, folder);
    FreeMemory twice = new FreeMemory("cpu", 2 * weights + tables - 1);
    if (packs) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> twice.require(MODEL, Precision.BF16, folder))
              .getMessage();
      assertTrue(message.contains("of 2 bytes, a copy ordered for this"), message);
    } else {
      twice.require(MODEL, Precision.BF16, folder);
    }
  }
}
