package rft.cell;

import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import javax.tools.DiagnosticListener;
import javax.tools.JavaCompiler.CompilationTask;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;

/**
 * A compiler that keeps between its runs what it has read of the JDK and the class path, as
 * JShell's own does: a run then costs a few milliseconds. It is part of the JDK but not of its
 * public API, so that it is asked for by name, and there only where the kernel's command exports
 * it.
 */
final class CompilerPool {
  private static final String NAME = "com.sun.tools.javac.api.JavacTaskPool";

  private final Object pool;
  private final Method getTask;
  private final Class<?> worker;

  private CompilerPool(Object pool, Method getTask, Class<?> worker) {
    this.pool = pool;
    this.getTask = getTask;
    this.worker = worker;
  }

  /** Returns a compiler that has read nothing yet; empty where this Java does not lend one. */
  static Optional<CompilerPool> fresh() {
    try {
      Class<?> type = Class.forName(NAME);
      Class<?> worker = Class.forName(NAME + "$Worker");
      Method getTask =
          type.getMethod(
              "getTask",
              Writer.class,
              JavaFileManager.class,
              DiagnosticListener.class,
              Iterable.class,
              Iterable.class,
              Iterable.class,
              worker);
      return Optional.of(
          new CompilerPool(type.getConstructor(int.class).newInstance(1), getTask, worker));
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty();
    }
  }

  /** Returns whether a source compiles; its classes went to the file manager. */
  boolean compiles(JavaFileObject source, JavaFileManager files, List<String> options) {
    Object work =
        Proxy.newProxyInstance(
            worker.getClassLoader(),
            new Class<?>[] {worker},
            (proxy, method, arguments) -> ((CompilationTask) arguments[0]).call());
    DiagnosticListener<JavaFileObject> silent = problem -> {};
    try {
      return Boolean.TRUE.equals(
          getTask.invoke(
              pool, Writer.nullWriter(), files, silent, options, null, List.of(source), work));
    } catch (IllegalAccessException | InvocationTargetException e) {
      // Whatever is wrong with it, JShell compiles the text too and says it better.
      return false;
    }
  }
}
