package rft.command;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;

/** Looks at everything the product needs on this machine and says how to get what is missing. */
@Command(
    name = "doctor",
    description = "Check this machine: Java, engine, sandbox, notebooks.",
    footer = "  rft doctor")
public final class Doctor implements Verb<Doctor.Report> {
  private final List<Probe> probes;

  /** Looks at this process's machine. */
  public Doctor() {
    this(allProbes());
  }

  private static List<Probe> allProbes() {
    List<Probe> probes = standardProbes(Surroundings.ofProcess());
    ServiceLoader.load(Probe.class, Doctor.class.getClassLoader()).forEach(probes::add);
    return probes;
  }

  Doctor(List<Probe> probes) {
    this.probes = List.copyOf(probes);
  }

  /**
   * @param findings one per thing looked at
   */
  public record Report(List<Finding> findings) implements Result {
    public Report {
      findings = List.copyOf(findings);
    }

    /** Returns {@code FAILED} if the main job would not work. */
    @Override
    public ExitCode exitCode() {
      return findings.stream().anyMatch(f -> f.status() == Finding.Status.FAIL)
          ? ExitCode.FAILED
          : ExitCode.OK;
    }
  }

  @Override
  public Report run(Progress progress) {
    List<Finding> findings = new ArrayList<>();
    for (Probe probe : probes) {
      findings.add(probe.look());
    }
    return new Report(findings);
  }

  static List<Probe> standardProbes(Surroundings surroundings) {
    List<Probe> probes = new ArrayList<>();
    probes.addAll(new JavaProbes(surroundings).all());
    probes.addAll(new MachineProbes(surroundings).all());
    probes.add(new EngineProbe(Installation.current()));
    probes.addAll(new ToolProbes(surroundings).all());
    return probes;
  }
}
