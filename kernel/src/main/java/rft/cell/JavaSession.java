package rft.cell;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import jdk.jshell.Snippet;
import jdk.jshell.spi.ExecutionControl;
import org.jspecify.annotations.Nullable;

/**
 * Runs Java cells in this process: values stay objects, and whatever runs can be stopped.
 *
 * <p>{@link #evaluate} and {@link #guarded} wait for each other; inside a cell, and on threads that
 * a cell started, they run at once on the calling thread and are stopped with the cell. Everything
 * else may be called from any thread at any time, also while a cell runs.
 */
public final class JavaSession implements AutoCloseable {
  private final Options options;
  private final Set<String> classPath;
  private final CellClasses classes;
  private final StoppableControl control;
  private volatile Engine engine;
  private volatile boolean fullTraces;

  /**
   * What a session starts with.
   *
   * @param classPath what cells compile against beside the JDK and this product
   * @param compilerOptions as for javac
   * @param startup snippets of Java that are run at the start and after a reset
   */
  public record Options(
      List<String> classPath, List<String> compilerOptions, List<String> startup) {
    /** The imports that every cell has. */
    public static final List<String> IMPORTS =
        List.of(
            "import java.util.*;",
            "import java.util.function.*;",
            "import java.util.stream.*;",
            "import java.io.*;",
            "import java.nio.file.*;",
            "import java.math.*;");

    public Options {
      classPath = List.copyOf(classPath);
      compilerOptions = List.copyOf(compilerOptions);
      startup = List.copyOf(startup);
    }

    /** Returns this process's class path, and {@link #IMPORTS} followed by more of them. */
    public static Options standard(String... moreStartup) {
      List<String> startup = new ArrayList<>(IMPORTS);
      startup.addAll(List.of(moreStartup));
      return new Options(List.copyOf(CellClasses.ofProcess()), List.of(), startup);
    }
  }

  /**
   * Starts a session and runs its startup.
   *
   * @throws IllegalArgumentException if the startup fails, naming what and why
   */
  public JavaSession(Options options) {
    this.options = options;
    classPath = CellClasses.ofProcess();
    classes = new CellClasses(classPath);
    classPath.addAll(options.classPath());
    control = new StoppableControl(classes, this::report);
    engine = new Engine(control, options.compilerOptions(), classPath, classes::code);
    runStartup();
  }

  private void runStartup() {
    control.engine.use(() -> options.startup().forEach(engine::start));
  }

  private void report(Thread thread, Throwable thrown) {
    System.err.println("Thread \"" + thread.getName() + "\" ended:");
    failure(thrown).traceback().forEach(System.err::println);
  }

  /**
   * Runs a Java text and returns the value of the expression it ends in.
   *
   * @param place where the text begins in its cell
   * @return empty if the text does not end in an expression, or its value is null
   * @throws CellError if it does not compile, throws or is stopped; nothing else is thrown
   */
  public Optional<Object> evaluate(String source, Place place) throws CellError {
    boolean outermost = control.begin();
    try {
      return control.engine.hold(() -> Optional.ofNullable(engine.evaluator.run(source, place)));
    } catch (CellError e) {
      throw e;
    } catch (ThreadDeath e) {
      throw TraceReport.interrupted();
    } catch (Exception | Error e) {
      throw engine.traces.of(e);
    } finally {
      if (outermost) {
        control.end();
      }
    }
  }

  /**
   * Runs any Java code so that {@link #stop} ends it.
   *
   * @return what the body returned
   * @throws CellError {@code Interrupted} if it was stopped
   * @throws ExecutionException around an Error of the body
   * @throws Exception what the body threw
   */
  public <T extends @Nullable Object> T guarded(Callable<T> body) throws Exception {
    boolean outermost = control.begin();
    try {
      List<T> result = new ArrayList<>(1);
      control.guarded(() -> result.add(body.call()));
      if (control.isStopped()) {
        throw TraceReport.interrupted();
      }
      return result.get(0);
    } catch (ExecutionControl.StoppedException e) {
      throw TraceReport.interrupted();
    } catch (InvocationTargetException e) {
      if (control.isStopped()) {
        throw TraceReport.interrupted();
      }
      Throwable thrown = StoppableControl.causeOf(e);
      if (thrown instanceof Exception exception) {
        throw exception;
      }
      throw new ExecutionException(thrown);
    } finally {
      if (outermost) {
        control.end();
      }
    }
  }

  /** Returns what the user reads when this is thrown by something that ran {@link #guarded}. */
  public CellError failure(Throwable thrown) {
    return engine.failure(thrown);
  }

  /**
   * Stops what runs, repeatedly until it has ended; returns at once. Where nothing runs, the next
   * evaluation is stopped unless {@link #forgetStop} comes first.
   */
  public void stop() {
    control.stop();
  }

  /** Interrupts a thread that a body runs on, not before it has compiled what it compiles. */
  public void interrupt(Thread thread) {
    control.engine.interrupt(thread);
  }

  /** Returns whether a stop was asked for and its evaluation has not ended yet. */
  public boolean isInterrupted() {
    return control.isStopped();
  }

  /** Forgets a stop that found nothing to stop; to be called when a cell begins. */
  public void forgetStop() {
    control.forgetStop();
  }

  /** Chooses whether errors show the frames of libraries too. */
  public void setFullTraces(boolean full) {
    fullTraces = full;
    engine.traces.setFull(full);
  }

  /**
   * Declares a variable, in place of one with the same name.
   *
   * @param type its type; one that cells cannot name gives way to the nearest that they can
   * @throws IllegalArgumentException if the name is no Java name
   */
  public void declare(String name, Class<?> type, @Nullable Object value) {
    control.engine.use(() -> engine.variables.declare(name, type, value));
  }

  /** Returns what a variable holds now; empty if there is none of that name, or it holds null. */
  public Optional<Object> variable(String name) {
    return control.engine.hold(() -> engine.variables.value(name));
  }

  /** Returns the variables that cells declared, in the order of their declaration. */
  public List<Variable> variables() {
    return control.engine.hold(() -> engine.variables.all());
  }

  /** Returns the imports in force, as Java writes them. */
  public List<String> imports() {
    return control.engine.hold(
        () -> engine.shell.imports().map(Snippet::source).map(String::strip).distinct().toList());
  }

  /**
   * Forgets all variables, methods, types and imports of cells, and runs the startup again. Added
   * jars stay.
   */
  public void reset() {
    control.alone(
        outermost -> {
          Engine old = engine;
          classes.renew();
          engine = new Engine(control, options.compilerOptions(), classPath, classes::code);
          engine.traces.setFull(fullTraces);
          runStartup();
          if (outermost) {
            old.shell.close();
          }
        });
  }

  /**
   * Makes the classes of a jar or folder known to cells, for the life of the session.
   *
   * @throws IllegalArgumentException if there is no such file
   */
  public void addToClassPath(Path jar) {
    if (!Files.exists(jar)) {
      throw new IllegalArgumentException("no file " + jar.toAbsolutePath() + " to add to cells");
    }
    String path = jar.toAbsolutePath().normalize().toString();
    control.engine.use(() -> engine.addToClassPath(path));
  }

  /** Compiles and completes something, so that the first cell of the user is quick. */
  public void warmUp() {
    control.alone(outermost -> engine.warmUp());
  }

  /** Returns whether the next expression is compiled in one run. */
  boolean isQuick() {
    return engine.quick.isReady();
  }

  /** Returns what fits at the cursor. */
  public Completions complete(String code, int cursor) {
    return complete("", code, cursor);
  }

  /** Returns the same, in offsets of the code, for one that stands behind a generated prefix. */
  public Completions complete(String prefix, String code, int cursor) {
    int shift = prefix.length();
    Completions found =
        control.engine.ask(
            () -> engine.editor.complete(prefix + code, shift + cursor), Completions.none(0));
    return found.start() < shift
        ? Completions.none(cursor)
        : new Completions(found.start() - shift, found.end() - shift, found.candidates());
  }

  /** Returns what is known about the name at the cursor. */
  public Optional<Documentation> document(String code, int cursor) {
    return document("", code, cursor);
  }

  /** Returns the same for a code that stands behind a generated prefix. */
  public Optional<Documentation> document(String prefix, String code, int cursor) {
    return control.engine.ask(
        () -> engine.editor.document(prefix + code, prefix.length() + cursor), Optional.empty());
  }

  /** Returns whether a text can be run as it stands. */
  public Completeness completeness(String code) {
    return control.engine.ask(
        () -> engine.reader.completeness(code), new Completeness(Completeness.State.UNKNOWN, ""));
  }

  /**
   * Returns whether everything before is complete Java, so that a statement can begin behind it.
   */
  public boolean isStatementStart(String before) {
    return control.engine.hold(() -> engine.reader.isStatementStart(before));
  }

  @Override
  public void close() {
    engine.shell.close();
  }
}
