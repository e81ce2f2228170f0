package rft.magic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rft.Rft;
import rft.cell.JavaSession;
import rft.cell.Variable;
import rft.command.Model;
import rft.command.Progress;
import rft.command.Run;
import rft.command.SampleRollouts;
import rft.command.Workspace;
import rft.dataset.Dataset;
import rft.display.CellOutput;
import rft.display.NotebookProgress;
import rft.reward.RewardUnit;

/** What the magics of one notebook share: the Java session, named objects, jobs, manners. */
final class NotebookState implements AutoCloseable {
  /** Types that options take by name. */
  private static final List<Class<?>> NAMED_TYPES =
      List.of(Dataset.class, RewardUnit.class, Model.class, Run.class, SampleRollouts.Report.class);

  private final JavaSession java;
  private final Workspace workspace;
  private final Jobs jobs;
  private final Foreground foreground;
  private final CellClassPath classPath;
  private final MavenArtifacts maven =
      new MavenArtifacts(Path.of(System.getProperty("user.home", ""), ".m2"));
  private final Queue<Map.Entry<String, Object>> pending = new ConcurrentLinkedQueue<>();
  private final List<NotebookProgress> shown = new ArrayList<>();
  private volatile boolean fullTraces;
  private volatile @Nullable String lastRun;

  NotebookState(JavaSession java, Workspace workspace) {
    this.java = java;
    this.workspace = workspace;
    this.jobs = new Jobs(Thread.currentThread().getThreadGroup());
    this.foreground = new Foreground(java);
    this.classPath = new CellClassPath(java);
    workspace.also(java::variable);
    Rft.progress(this::progressOfJava);
  }

  JavaSession java() {
    return java;
  }

  Workspace workspace() {
    return workspace;
  }

  Jobs jobs() {
    return jobs;
  }

  Foreground foreground() {
    return foreground;
  }

  CellClassPath classPath() {
    return classPath;
  }

  MavenArtifacts maven() {
    return maven;
  }

  /** Returns the jars that cells added. */
  List<Path> jars() {
    return classPath.added().stream().filter(path -> path.toString().endsWith(".jar")).toList();
  }

  boolean fullTraces() {
    return fullTraces;
  }

  void setFullTraces(boolean full) {
    fullTraces = full;
    java.setFullTraces(full);
  }

  /**
   * Returns whom a verb talks to that Java code of the running cell calls; shown until the cell
   * ends.
   */
  Progress progressOfJava() {
    Optional<CellOutput> output = CellOutput.current();
    if (output.isEmpty()) {
      return Progress.SILENT;
    }
    StopToken stop = foreground.javaCalls();
    NotebookProgress progress = new NotebookProgress(output.get(), stop::isRequested);
    synchronized (shown) {
      shown.add(progress);
    }
    return new VerbProgress(progress, stop, this::trained);
  }

  /** Leaves the last picture of what Java code of the cell ran. */
  void closeProgress() {
    List<NotebookProgress> ended;
    synchronized (shown) {
      ended = List.copyOf(shown);
      shown.clear();
    }
    ended.forEach(NotebookProgress::close);
  }

  /** Returns the run that this notebook trained last. */
  Optional<String> lastRun() {
    return Optional.ofNullable(lastRun);
  }

  void trained(String run) {
    lastRun = run;
  }

  /** Gives a value a name: a Java variable of its type, and what options take. */
  void bind(String name, Object value) {
    workspace.put(name, value);
    java.declare(name, variableType(value), value);
  }

  /** Does the same from a thread that runs no cell: the variable appears before the next cell. */
  void bindLater(String name, Object value) {
    workspace.put(name, value);
    pending.add(Map.entry(name, value));
  }

  /** Declares the variables that jobs made. */
  void declarePending() {
    for (var next = pending.poll(); next != null; next = pending.poll()) {
      java.declare(next.getKey(), variableType(next.getValue()), next.getValue());
    }
  }

  static Class<?> variableType(Object value) {
    return Stream.<Class<?>>of(List.class, Map.class, Set.class)
        .filter(type -> type.isInstance(value))
        .findFirst()
        .orElse(value.getClass());
  }

  /**
   * Makes the named objects agree with the variables that cells have set since: a variable that
   * holds something an option takes has a name, and one that was set anew gives its name the new
   * value.
   */
  void takeVariables() {
    Map<String, Object> named = workspace.entries();
    for (Variable variable : java.variables()) {
      Object value = variable.value();
      boolean isNamed = named.containsKey(variable.name());
      if (value == null || value == named.get(variable.name())) {
        continue;
      }
      if (NAMED_TYPES.stream().anyMatch(type -> type.isInstance(value))) {
        workspace.put(variable.name(), value);
      } else if (isNamed) {
        workspace.remove(variable.name());
      }
    }
  }

  /** Returns what has this name, as a magic writes it. */
  String textOf(Token name) {
    Optional<Object> value = workspace.get(name.text()).or(() -> java.variable(name.text()));
    if (value.isEmpty()) {
      List<String> names = new ArrayList<>(workspace.entries().keySet());
      java.variables().forEach(variable -> names.add(variable.name()));
      throw MagicException.at(
          name,
          "UnknownVariable",
          "no variable "
              + name.text()
              + rft.dataset.NearestName.hint(name.text(), names)
              + " (write \\{ for a brace)");
    }
    return NAMED_TYPES.stream().anyMatch(type -> type.isInstance(value.get()))
        ? name.text()
        : String.valueOf(value.get());
  }

  @Override
  public void close() {
    Rft.progress(() -> Progress.SILENT);
    jobs.stopAll();
    foreground.close();
    java.close();
  }
}
