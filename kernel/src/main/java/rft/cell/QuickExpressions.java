package rft.cell;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import org.jspecify.annotations.Nullable;

/**
 * Compiles an expression in one run of the compiler, where JShell needs three: to divide the text,
 * to check it, and to translate it. A compiler that keeps what it has read does not see a later
 * declaration, so that there is one for each state of the session, made in the background once an
 * expression was seen in that state; until it is ready, JShell does the work. An expression that is
 * run again in the same state is not compiled again.
 */
final class QuickExpressions {
  private static final int MOST_KEPT = 100;
  private static final String TRIAL = "{}";
  private static final String CLASS = "$JShell$Q";
  private static final List<String> OPTIONS = List.of("-proc:none", "-g");

  private final JShell shell;
  private final List<String> options;
  private final Set<String> classPath;
  private final Supplier<Map<String, byte[]>> earlier;
  private final AtomicInteger state = new AtomicInteger();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicBoolean preparing = new AtomicBoolean();
  private volatile @Nullable Prepared prepared;

  /**
   * A compiler for a state.
   *
   * @param state number of the state
   * @param head what stands before a class: imports, in one line
   * @param loaded expressions of this state whose class can run again
   */
  private record Prepared(
      int state,
      String head,
      CompilerPool compiler,
      CellFiles files,
      Map<String, Compiled> loaded) {}

  /**
   * An expression, compiled.
   *
   * @param state of the session that it was compiled in
   * @param file name of its source in frames
   * @param type name of the class that runs it
   * @param classes that class and those inside it; none if they are loaded
   */
  record Compiled(int state, String file, String type, List<ClassBytecodes> classes) {
    Compiled {
      classes = List.copyOf(classes);
    }
  }

  /**
   * @param options of the compiler
   * @param classPath what cells compile against; may grow, see {@link #changed}
   * @param earlier the code of the classes of cells by name
   */
  QuickExpressions(
      JShell shell,
      List<String> options,
      Set<String> classPath,
      Supplier<Map<String, byte[]>> earlier) {
    this.shell = shell;
    this.options = Stream.concat(OPTIONS.stream(), options.stream()).toList();
    this.classPath = classPath;
    this.earlier = earlier;
    shell.onSnippetEvent(this::heard);
  }

  private void heard(SnippetEvent event) {
    Snippet.Kind kind = event.snippet().kind();
    if (kind != Snippet.Kind.STATEMENT && kind != Snippet.Kind.ERRONEOUS) {
      changed();
    }
  }

  /** Forgets what was prepared: there are new names. */
  void changed() {
    state.incrementAndGet();
    prepared = null;
  }

  /** Returns whether expressions can be compiled here. */
  boolean isReady() {
    Prepared ready = prepared;
    return ready != null && ready.state() == state.get();
  }

  /**
   * Returns an expression compiled; empty if JShell has to do it. One that ran before in the same
   * state is not compiled again.
   */
  Optional<Compiled> compile(String expression) {
    Prepared ready = prepared;
    if (ready == null || ready.state() != state.get()) {
      return Optional.empty();
    }
    Compiled before = ready.loaded().get(expression);
    return before == null ? compile(ready, expression) : Optional.of(before);
  }

  /**
   * Keeps an expression whose classes were loaded, to run it again. Not where it has classes of its
   * own, which could have static fields: each run has to begin with fresh ones.
   */
  void keep(String expression, Compiled loaded) {
    Prepared ready = prepared;
    if (ready != null && ready.state() == loaded.state() && loaded.classes().size() == 1) {
      ready
          .loaded()
          .put(expression, new Compiled(loaded.state(), loaded.file(), loaded.type(), List.of()));
    }
  }

  /** Returns a map that forgets what was not used for longest. */
  private static Map<String, Compiled> few() {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(MOST_KEPT, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Compiled> eldest) {
            return size() > MOST_KEPT;
          }
        });
  }

  private Optional<Compiled> compile(Prepared with, String expression) {
    int number = count.incrementAndGet();
    String file = "#q" + number;
    String type = CLASS + number;
    String text =
        with.head()
            + "class "
            + type
            + " { public static Object do_it$() throws Throwable { "
            + Expression.statementOf(expression).orElseThrow()
            + " return null; } }";
    boolean compiles =
        with.compiler().compiles(CellFiles.source(file, text), with.files(), options);
    List<ClassBytecodes> classes = with.files().takeMade();
    return compiles && !classes.isEmpty()
        ? Optional.of(new Compiled(with.state(), file, CellFiles.PACKAGE + "." + type, classes))
        : Optional.empty();
  }

  /** Makes a compiler for the state as it is, in the background; to be called between cells. */
  void prepare() {
    Prepared ready = prepared;
    int now = state.get();
    if ((ready != null && ready.state() == now) || !preparing.compareAndSet(false, true)) {
      return;
    }
    Optional<String> head = head();
    if (head.isEmpty()) {
      preparing.set(false);
      return;
    }
    Set<String> path = Set.copyOf(classPath);
    Map<String, byte[]> classes = Map.copyOf(earlier.get());
    Thread thread = new Thread(() -> prepare(now, head.get(), path, classes), "cell compiler");
    thread.setDaemon(true);
    thread.start();
  }

  private void prepare(int now, String head, Set<String> path, Map<String, byte[]> classes) {
    try {
      Optional<CompilerPool> compiler = CompilerPool.fresh();
      if (compiler.isEmpty()) {
        return;
      }
      StandardJavaFileManager files =
          ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
      Prepared next =
          new Prepared(now, head, compiler.get(), new CellFiles(files, path, classes), few());
      // The first run reads what the later ones find in memory.
      if (compile(next, "0").isPresent() && state.get() == now) {
        prepared = next;
      }
    } catch (IOException e) {
      // Without it expressions are slower, and nothing else.
      prepared = null;
    } finally {
      preparing.set(false);
    }
  }

  /**
   * Returns what JShell writes before a class, in one line so that lines of frames stay; empty
   * while something declared cannot be used yet, which JShell alone can explain.
   */
  private Optional<String> head() {
    boolean open =
        shell.snippets().map(shell::status).anyMatch(QuickExpressions::waitsForDeclarations);
    if (open) {
      return Optional.empty();
    }
    String wrapped = shell.sourceCodeAnalysis().wrappers(TRIAL).get(0).wrapped();
    int end = wrapped.indexOf("class $JShell$");
    return end < 0 || wrapped.lastIndexOf("//", end) >= 0
        ? Optional.empty()
        : Optional.of(wrapped.substring(0, end).replaceAll("\\R", " "));
  }

  private static boolean waitsForDeclarations(Status status) {
    return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
  }
}
