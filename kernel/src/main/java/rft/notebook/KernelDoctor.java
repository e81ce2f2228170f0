package rft.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import rft.command.Doctor;
import rft.command.Finding;
import rft.command.Progress;
import rft.command.Verb;

/** Starts the installed kernel as a front-end would, and looks whether it does its work. */
@Command(
    name = "kernel doctor",
    description = "Start the installed Java kernel and check what it does.",
    footer = "  rft kernel doctor")
public final class KernelDoctor implements Verb<Doctor.Report> {
  private final JupyterFolders folders;

  @Mixin private KernelPlace place = new KernelPlace();

  /** Looks where Jupyter looks for the user of this process. */
  public KernelDoctor() {
    this(JupyterFolders.ofProcess());
  }

  KernelDoctor(JupyterFolders folders) {
    this.folders = folders;
  }

  @Override
  public Doctor.Report run(Progress progress) throws IOException, InterruptedException {
    KernelSpec spec = place.installed(folders);
    List<Finding> findings = new ArrayList<>();
    findings.add(new Finding("Kernel", Finding.Status.OK, spec.folder().toString(), ""));
    findings.addAll(files(spec));
    boolean canStart = findings.stream().noneMatch(f -> f.status() == Finding.Status.FAIL);
    if (canStart) {
      progress.say("Starting " + spec.displayName() + ".");
      findings.addAll(new KernelCheck(spec).findings());
    }
    return new Doctor.Report(findings);
  }

  /** Looks whether what the command names is there. */
  private List<Finding> files(KernelSpec spec) throws IOException {
    String install = place.command("rft kernel install");
    List<Finding> findings = new ArrayList<>();
    Path java = Path.of(spec.command().get(0));
    findings.add(
        Files.isExecutable(java)
            ? new Finding("Java", Finding.Status.OK, java.toString(), "")
            : new Finding(
                "Java",
                Finding.Status.FAIL,
                java + " is gone",
                install + " takes the present one"));
    List<Path> jars = spec.classPath();
    List<Path> missing = jars.stream().filter(jar -> !Files.exists(jar)).toList();
    findings.add(
        missing.isEmpty()
            ? new Finding("Jars", Finding.Status.OK, jars.size() + " of them", "")
            : new Finding(
                "Jars",
                Finding.Status.FAIL,
                missing.get(0) + " is gone",
                "rft build, then " + install));
    Optional<Path> archive = spec.archive();
    boolean fits = archive.isPresent() && new ClassArchive(archive.get()).fits(jars);
    findings.add(
        fits
            ? new Finding("Archive", Finding.Status.OK, archive.get().toString(), "")
            : new Finding(
                "Archive",
                Finding.Status.WARN,
                archive.isEmpty() ? "none" : archive.get() + " is missing or older than the jars",
                install + " makes one; the kernel then starts faster"));
    return findings;
  }
}
