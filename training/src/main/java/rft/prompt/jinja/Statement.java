package rft.prompt.jinja;

import java.util.ArrayList;
import java.util.List;

/** A part of a template that does something. */
sealed interface Statement
    permits Statement.Text,
        Statement.Output,
        Statement.If,
        Statement.For,
        Statement.Assign,
        Statement.Capture,
        Statement.Define,
        Statement.Leave,
        Statement.Group {

  /** What follows a statement. */
  enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  Flow run(Scope scope);

  /** Runs statements up to the first that leaves the loop. */
  static Flow runAll(List<Statement> body, Scope scope) {
    scope.rendering().enter();
    try {
      for (Statement statement : body) {
        Flow flow = statement.run(scope);
        if (flow != Flow.NEXT) {
          return flow;
        }
      }
      return Flow.NEXT;
    } finally {
      scope.rendering().leave();
    }
  }

  /** Text as it stands in the template. */
  record Text(String text) implements Statement {
    @Override
    public Flow run(Scope scope) {
      scope.write(text);
      return Flow.NEXT;
    }
  }

  /** {@code {{ a }}}. */
  record Output(int line, Expression expression) implements Statement {
    @Override
    public Flow run(Scope scope) {
      Object value = expression.value(scope);
      try {
        scope.write(PythonText.str(value));
      } catch (JinjaException e) {
        throw e.at(line);
      }
      return Flow.NEXT;
    }
  }

  /** One condition of {@link If} and what it guards. */
  record Branch(Expression condition, List<Statement> body) {}

  /** {@code if}, {@code elif}, {@code else}. */
  record If(List<Branch> branches, List<Statement> otherwise) implements Statement {
    @Override
    public Flow run(Scope scope) {
      for (Branch branch : branches) {
        if (Values.truth(branch.condition().value(scope))) {
          return runAll(branch.body(), scope);
        }
      }
      return runAll(otherwise, scope);
    }
  }

  /** {@code for target in iterable if condition}. */
  record For(
      Target target,
      Expression iterable,
      Expression condition,
      List<Statement> body,
      List<Statement> otherwise)
      implements Statement {
    @Override
    public Flow run(Scope scope) {
      List<Object> elements = chosen(scope);
      if (elements.isEmpty()) {
        return runAll(otherwise, scope.inner());
      }
      Loop loop = new Loop(elements);
      for (int i = 0; i < elements.size(); i++) {
        Scope inside = scope.inner();
        loop.moveTo(i);
        inside.set("loop", loop);
        target.assign(elements.get(i), inside);
        if (turn(inside) == Flow.BREAK) {
          break;
        }
      }
      return Flow.NEXT;
    }

    private Flow turn(Scope scope) {
      try {
        return runAll(body, scope);
      } catch (JinjaException e) {
        throw e.at(iterable.line());
      }
    }

    private List<Object> chosen(Scope scope) {
      List<Object> chosen = new ArrayList<>();
      Object value = iterable.value(scope);
      try {
        for (Object element : Values.elements(value)) {
          Scope trial = scope.inner();
          target.assign(element, trial);
          if (Values.truth(condition.value(trial))) {
            chosen.add(element);
          }
        }
      } catch (JinjaException e) {
        throw e.at(iterable.line());
      }
      return chosen;
    }
  }

  /** {@code set target = value}. */
  record Assign(Target target, Expression expression) implements Statement {
    @Override
    public Flow run(Scope scope) {
      target.assign(expression.value(scope), scope);
      return Flow.NEXT;
    }
  }

  /** {@code set target} to what the body writes, passed through filters; or only that. */
  record Capture(Target target, List<Statement> body, Expression filtered) implements Statement {
    /** The variable that holds what the body wrote while filters work on it. */
    static final String WRITTEN = " written";

    @Override
    public Flow run(Scope scope) {
      Scope inside = scope.capturing();
      Flow flow = runAll(body, inside);
      inside.set(WRITTEN, inside.output());
      target.assign(filtered.value(inside), scope);
      return flow;
    }
  }

  /** {@code macro name(..)}. */
  record Define(Macro macro) implements Statement {
    @Override
    public Flow run(Scope scope) {
      scope.set(macro.name(), macro.definedIn(scope));
      return Flow.NEXT;
    }
  }

  /** {@code break} or {@code continue}. */
  record Leave(Flow flow) implements Statement {
    @Override
    public Flow run(Scope scope) {
      return flow;
    }
  }

  /** {@code generation}, which marks what the assistant says: its variables stay inside. */
  record Group(List<Statement> body) implements Statement {
    @Override
    public Flow run(Scope scope) {
      return runAll(body, scope.inner());
    }
  }
}
