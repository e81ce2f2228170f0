package rft.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class MadeOnTest {
  private static final String X86 =
      """
      processor\t: 0
      vendor_id\t: AuthenticAMD
      cpu family\t: 25
      model\t\t: 17
      model name\t: AMD EPYC 9R14
      stepping\t: 1

      processor\t: 1
      vendor_id\t: AuthenticAMD
      cpu family\t: 26
      """;
  private static final Map<String, String> ENGINE = Map.of("MKL_CBWR", "COMPATIBLE", "A", "b");
  private static final MadeOn AMD = MadeOn.of(X86, 2, ENGINE);

  @Test
  void theKeyNamesProcessorCoresAndSettings() {
    assertEquals("AuthenticAMD/25/17, 2 cores, A=b, MKL_CBWR=COMPATIBLE", AMD.key());
    assertEquals(
        "0x41/8/0xd0c, 4 cores",
        MadeOn.of("CPU implementer : 0x41\nCPU architecture: 8\nCPU part\t: 0xd0c\n", 4, Map.of())
            .key());
    String elsewhere = MadeOn.of("", 8, Map.of()).key();
    assertEquals(
        System.getProperty("os.name") + "/" + System.getProperty("os.arch") + ", 8 cores",
        elsewhere);
  }

  @Test
  void onlyTheSameProcessorWithTheSameSettingsIsComparedLineByLine() {
    assertEquals(Comparison.LINES, AMD.comparisonWith(MadeOn.of(X86, 2, ENGINE)));
    assertEquals(Comparison.WORDS, AMD.comparisonWith(MadeOn.of(X86, 4, ENGINE)));
    assertEquals(Comparison.WORDS, AMD.comparisonWith(MadeOn.of(X86, 2, Map.of())));
    assertEquals(
        Comparison.WORDS, AMD.comparisonWith(MadeOn.of(X86.replace("AMD", "Intel"), 2, ENGINE)));
    assertEquals(Comparison.LINES, MadeOn.UNKNOWN.comparisonWith(AMD));
  }

  @Test
  void whichComparisonWasMadeIsSaidWithItsReason() {
    MadeOn intel = MadeOn.of(X86.replace("AuthenticAMD", "GenuineIntel"), 2, ENGINE);
    String words = AMD.explained(intel);
    assertTrue(words.startsWith("compared by their words, without numbers"), words);
    assertTrue(words.contains("AuthenticAMD/25/17") && words.contains("GenuineIntel/25/17"), words);
    assertTrue(AMD.explained(AMD).startsWith("compared line by line"), AMD.explained(AMD));
    assertTrue(MadeOn.UNKNOWN.explained(AMD).contains("does not say where"));
  }

  @Test
  void aNotebookKeepsItInItsMetadata() {
    Notebook notebook = Cells.notebook("1");
    assertEquals(MadeOn.UNKNOWN, notebook.madeOn());
    notebook.setMadeOn(AMD);
    assertEquals(AMD, Notebook.parse(notebook.text(), "n").madeOn());
  }
}
