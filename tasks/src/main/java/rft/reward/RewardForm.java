package rft.reward;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;

/** The three forms in which a reward may be written. */
enum RewardForm {
  /** One public class. */
  UNIT,
  /** Statements that return the reward. */
  BODY,
  /** Whole methods without a class around them. */
  METHODS;

  /** Returns the form of a source; one with a fault counts as what it comes nearest to. */
  static RewardForm of(JavaCompiler compiler, String source) {
    if (RewardSource.isUnit(source)) {
      return UNIT;
    }
    Parsed methods = Parsed.of(compiler, RewardSource.methods("R", source));
    if (!methods.hasMethod) {
      return BODY;
    }
    if (methods.firstFault == Parsed.NONE) {
      return METHODS;
    }
    // With a fault in it either way, the form is the one that reads on for longer.
    Parsed body = Parsed.of(compiler, RewardSource.body("R", source, "double"));
    return methods.firstFault > body.firstFault ? METHODS : BODY;
  }

  /** What the parser alone makes of a source. */
  private record Parsed(long firstFault, boolean hasMethod) {
    static final long NONE = Long.MAX_VALUE;

    static Parsed of(JavaCompiler compiler, RewardSource source) {
      DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  null,
                  diagnostics,
                  List.of("--release", RewardCompiler.RELEASE, "-proc:none"),
                  null,
                  List.of(new SourceFile("form", source.text())));
      boolean hasMethod = false;
      try {
        for (CompilationUnitTree unit : task.parse()) {
          hasMethod |= unit.getTypeDecls().stream().anyMatch(Parsed::declaresMethod);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("a text in memory cannot be read", e);
      }
      long first =
          diagnostics.getDiagnostics().stream()
              .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
              .mapToLong(d -> source.userOffset((int) d.getPosition()))
              .min()
              .orElse(NONE);
      return new Parsed(first, hasMethod);
    }

    private static boolean declaresMethod(Object declaration) {
      return declaration instanceof ClassTree type
          && type.getMembers().stream().anyMatch(MethodTree.class::isInstance);
    }
  }
}
