package rft.cell;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.jshell.JShell;
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
  private final StoppableControl control;

  Engine(StoppableControl control, List<String> compilerOptions, Set<String> classPath) {
    this.control = control;
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
    evaluator = new Evaluator(shell, control, traces);
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

  /** Compiles and completes something. */
  void warmUp() {
    shell.eval(Expression.statementOf("1 + 1").orElseThrow());
    Exchange.ofThread().takeValue();
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
