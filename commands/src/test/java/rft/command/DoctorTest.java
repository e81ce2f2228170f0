package rft.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rft.policy.Precision;

final class DoctorTest {
  @TempDir Path folder;

  @Test
  void thisMachineIsLookedAtWholeAndEveryTroubleHasAFix() {
    Doctor.Report report = new Doctor().run(Progress.SILENT);
    List<String> subjects = report.findings().stream().map(Finding::subject).toList();
    assertTrue(subjects.containsAll(List.of("Java", "Maven", "Platform", "RFT_HOME", "Sandbox")));
    report.findings().forEach(f -> assertFalse(f.found().isBlank(), f.subject()));
    report.findings().forEach(f -> assertFalse(f.found().contains("\n"), f.found()));
  }

  @Test
  void oneFailureFailsTheReportAndAWarningDoesNot() {
    Probe warning = () -> Finding.warn("a", "b", "c");
    Probe failure = () -> Finding.fail("a", "b", "c");
    assertEquals(ExitCode.OK, new Doctor(List.of(warning)).run(Progress.SILENT).exitCode());
    assertEquals(
        ExitCode.FAILED, new Doctor(List.of(warning, failure)).run(Progress.SILENT).exitCode());
  }

  @Test
  void anEmptyPathFindsNoMaven() {
    Finding maven = finding("Maven", Map.of("PATH", folder.toString()), Map.of());
    assertEquals(Finding.Status.WARN, maven.status());
    assertTrue(maven.fix().contains("apt-get install maven"), maven.fix());
  }

  @Test
  void anOldMavenIsNotEnough() throws IOException {
    program("mvn", "echo 'Apache Maven 3.6.3 (abc)'");
    Finding maven = finding("Maven", Map.of("PATH", folder.toString()), Map.of());
    assertEquals(Finding.Status.WARN, maven.status());
    assertTrue(maven.found().startsWith("3.6.3 in "), maven.found());
  }

  @Test
  void aMavenThatFailsIsReportedNotThrown() throws IOException {
    program("mvn", "exit 1");
    Finding maven = finding("Maven", Map.of("PATH", folder.toString()), Map.of());
    assertTrue(maven.found().endsWith("does not run"), maven.found());
  }

  @Test
  void anIntelMacIsRefusedClearly() {
    Map<String, String> intel = Map.of("os.name", "Mac OS X", "os.arch", "x86_64");
    assertEquals(Finding.Status.FAIL, finding("Platform", Map.of(), intel).status());
    Map<String, String> silicon = Map.of("os.name", "Mac OS X", "os.arch", "aarch64");
    assertEquals(Finding.Status.OK, finding("Platform", Map.of(), silicon).status());
  }

  @Test
  void theProcessorIsNamedWithThePrecisionThatSuitsIt() {
    Finding processor = finding("Processor", Map.of(), Map.of());
    assumeTrue(
        Runtime.getRuntime().availableProcessors() > 1, "a single core gets a warning instead");
    String precision = processor.found().replaceFirst(".*--precision ", "");
    assertEquals(Precision.fastestOnCpu(), Precision.parse(precision));
  }

  @Test
  void aHomeThatDoesNotExistYetIsMeasuredAtItsParent() {
    String home = folder.resolve("a/b").toString();
    Finding disk = finding("RFT_HOME", Map.of("RFT_HOME", home), Map.of());
    assertTrue(disk.found().contains("GiB free at " + home), disk.found());
  }

  private Finding finding(
      String subject, Map<String, String> variables, Map<String, String> properties) {
    return new Doctor(Doctor.standardProbes(new Surroundings(variables, properties)))
        .run(Progress.SILENT).findings().stream()
            .filter(f -> f.subject().equals(subject))
            .findFirst()
            .orElseThrow();
  }

  private void program(String name, String body) throws IOException {
    assumeTrue(!System.getProperty("os.name").startsWith("Windows"));
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
