package rft.cell;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** One JShell and what reads it. A reset makes a new one on the same control. */
final class Engine {
  final JShell shell;
  final TraceReport traces;
  final Evaluator evaluator;
  final Variables variables;
  final Editor editor;
  final Reader reader;
  final QuickExpressions quick;
  private final StoppableControl control;
  private final Set<String> classPath;

  /**
   * @param classPath what cells compile against; may grow
   * @param code the code of the classes of cells by name
   */
  Engine(
      StoppableControl control,
      List<String> compilerOptions,
      Set<String> classPath,
      Supplier<Map<String, byte[]>> code) {
    this.control = control;
    this.classPath = classPath;
    List<String> options = new ArrayList<>(compilerOptions);
    // Local variables keep their names in messages.
    options.add("-g");
    shell =
        JShell.builder()
            .executionEngine(new Provider(control), Map.of())
            .compilerOptions(options.toArray(String[]::new))
            .build();
    if (!classPath.isEmpty()) {
      shell.addToClasspath(String.join(File.pathSeparator, classPath));
    }
    traces = new TraceReport(shell);
    quick = new QuickExpressions(shell, compilerOptions, classPath, code);
    evaluator = new Evaluator(shell, control, traces, quick, this::failure, this::renewCompiler);
    variables = new Variables(shell);
    reader = new Reader(shell.sourceCodeAnalysis());
    editor = new Editor(shell.sourceCodeAnalysis(), reader);
  }

  private record Provider(StoppableControl control) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "cells";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return control;
    }
  }

  /**
   * Runs one snippet as it stands: the analysis of where it ends would take as long again.
   *
   * @throws IllegalArgumentException if it does not compile, saying why
   */
  void start(String snippet) {
    for (SnippetEvent event : shell.eval(snippet)) {
      if (event.status() != Status.VALID) {
        String why =
            shell
                .diagnostics(event.snippet())
                .map(diagnostic -> diagnostic.getMessage(Locale.ENGLISH))
                .collect(Collectors.joining("; "));
        throw new IllegalArgumentException(
            "the session cannot start with \"" + snippet + "\": " + why);
      }
    }
  }

  /** Lets cells compile against one thing more. */
  void addToClassPath(String path) {
    if (classPath.add(path)) {
      shell.addToClasspath(path);
      quick.changed();
    }
  }

  /** JShell takes a fresh compiler when its class path is told, even one that it has. */
  private void renewCompiler() {
    shell.addToClasspath(classPath.iterator().next());
    quick.changed();
  }

  /** Compiles and completes something. */
  void warmUp() {
    shell.eval(Expression.statementOf("1 + 1").orElseThrow());
    Exchange.ofThread().takeValue();
    quick.prepare();
    editor.complete("\"\".len", 6);
  }

  /** Returns what a user reads for something thrown by a cell, also on another thread of it. */
  CellError failure(Throwable thrown) {
    Throwable own = TraceReport.unwrapped(thrown);
    if (!TraceReport.hasRawFrames(own)) {
      return traces.of(own);
    }
    // Only JShell knows the lines of cells: it is made to meet the exception itself.
    control.engine.lock();
    try {
      Exchange.ofThread().throwNext(own);
      for (SnippetEvent event : shell.eval("{}")) {
        if (event.exception() != null) {
          return traces.of(event.exception());
        }
      }
    } finally {
      control.engine.unlock();
    }
    return traces.of(own);
  }
}
