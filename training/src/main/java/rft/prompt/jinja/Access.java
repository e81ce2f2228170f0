package rft.prompt.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An expression that follows another one and works on its value. */
sealed interface Access extends Expression
    permits Access.Attribute, Access.Item, Access.Slice, Access.Call, Access.Filter, Access.Test {

  /** {@code a.name}. */
  record Attribute(int line, Expression object, String name) implements Access {
    @Override
    public Object evaluate(Scope scope) {
      return Members.attribute(object.value(scope), name);
    }
  }

  /** {@code a[key]}. */
  record Item(int line, Expression object, Expression key) implements Access {
    @Override
    public Object evaluate(Scope scope) {
      return Members.item(object.value(scope), key.value(scope));
    }
  }

  /** {@code a[start:stop:step]}; a missing bound is none. */
  record Slice(int line, Expression object, Expression start, Expression stop, Expression step)
      implements Access {
    @Override
    public Object evaluate(Scope scope) {
      return Slicing.slice(
          object.value(scope), start.value(scope), stop.value(scope), step.value(scope));
    }
  }

  /** The arguments as they are written. */
  record Passed(List<Expression> positional, Map<String, Expression> named) {
    static final Passed NONE = new Passed(List.of(), Map.of());

    Arguments values(Scope scope) {
      List<Object> first = new ArrayList<>();
      positional.forEach(argument -> first.add(argument.value(scope)));
      Map<String, Object> rest = new LinkedHashMap<>();
      named.forEach((name, argument) -> rest.put(name, argument.value(scope)));
      return new Arguments(first, rest);
    }
  }

  /** {@code a(..)}. */
  record Call(int line, Expression callee, Passed arguments) implements Access {
    @Override
    public Object evaluate(Scope scope) {
      Object target = callee.value(scope);
      if (target instanceof Callable callable) {
        return callable.call(arguments.values(scope), scope);
      }
      throw target instanceof Undefined undefined
          ? undefined.used()
          : new JinjaException("cannot call " + Values.kind(target));
    }
  }

  /** {@code a | name(..)}. */
  record Filter(int line, Expression input, Builtin filter, Passed arguments) implements Access {
    @Override
    public Object evaluate(Scope scope) {
      return filter.apply(input.value(scope), arguments.values(scope));
    }
  }

  /** {@code a is name(..)}. */
  record Test(int line, Expression input, Builtin test, Passed arguments) implements Access {
    @Override
    public Object evaluate(Scope scope) {
      return test.apply(input.value(scope), arguments.values(scope));
    }
  }
}
