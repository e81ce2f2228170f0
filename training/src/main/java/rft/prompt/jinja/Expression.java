package rft.prompt.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a template that has a value. */
sealed interface Expression
    permits Expression.Literal,
        Expression.Name,
        Expression.ListOf,
        Expression.MapOf,
        Expression.Conditional,
        Expression.And,
        Expression.Or,
        Expression.Not,
        Expression.Negative,
        Expression.Arithmetic,
        Expression.Concatenation,
        Expression.Comparison,
        Access {

  /** Returns the line it begins on, from 1. */
  int line();

  /** Returns the value, without a place in the errors; {@link #value} is what others call. */
  Object evaluate(Scope scope);

  /**
   * Returns the value.
   *
   * @throws JinjaException with the line of the innermost expression that has none
   */
  default Object value(Scope scope) {
    scope.rendering().enter();
    try {
      Object value = evaluate(scope);
      if (value instanceof String text) {
        Limits.checkText(text.length());
      }
      return value;
    } catch (JinjaException e) {
      throw e.at(line());
    } finally {
      scope.rendering().leave();
    }
  }

  /** A constant. */
  record Literal(int line, Object constant) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      return constant;
    }
  }

  /** A variable. */
  record Name(int line, String name) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      return scope.get(name);
    }
  }

  /** {@code [a, b]} and {@code (a, b)}. */
  record ListOf(int line, List<Expression> elements) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      List<Object> list = new ArrayList<>();
      elements.forEach(element -> list.add(element.value(scope)));
      return list;
    }
  }

  /** An entry of {@link MapOf}. */
  record Entry(Expression key, Expression value) {}

  /** {@code {a: b}}. */
  record MapOf(int line, List<Entry> entries) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      Map<Object, Object> map = new LinkedHashMap<>();
      entries.forEach(
          entry -> map.put(Values.key(entry.key().value(scope)), entry.value().value(scope)));
      return map;
    }
  }

  /** {@code a if condition else b}. */
  record Conditional(int line, Expression condition, Expression yes, Expression no)
      implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      return (Values.truth(condition.value(scope)) ? yes : no).value(scope);
    }
  }

  /** {@code a and b}, whose value is one of the two. */
  record And(int line, Expression left, Expression right) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      Object first = left.value(scope);
      return Values.truth(first) ? right.value(scope) : first;
    }
  }

  /** {@code a or b}, whose value is one of the two. */
  record Or(int line, Expression left, Expression right) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      Object first = left.value(scope);
      return Values.truth(first) ? first : right.value(scope);
    }
  }

  /** {@code not a}. */
  record Not(int line, Expression operand) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      return !Values.truth(operand.value(scope));
    }
  }

  /** {@code -a}. */
  record Negative(int line, Expression operand) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      Object number = operand.value(scope);
      return number instanceof Double real ? -real : Operators.arithmetic("-", 0L, number);
    }
  }

  /** {@code a + b} and the other operators on numbers. */
  record Arithmetic(int line, String operator, Expression left, Expression right)
      implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      return Operators.arithmetic(operator, left.value(scope), right.value(scope));
    }
  }

  /** {@code a ~ b ~ c}. */
  record Concatenation(int line, List<Expression> parts) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      StringBuilder text = new StringBuilder();
      for (Expression part : parts) {
        text.append(PythonText.str(part.value(scope)));
        Limits.checkText(text.length());
      }
      return text.toString();
    }
  }

  /** One link of a {@link Comparison}. */
  record Link(String operator, Expression right) {}

  /** {@code a < b <= c}, {@code a in b}. */
  record Comparison(int line, Expression first, List<Link> links) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      Object left = first.value(scope);
      for (Link link : links) {
        Object right = link.right().value(scope);
        if (!Operators.compare(link.operator(), left, right)) {
          return false;
        }
        left = right;
      }
      return true;
    }
  }
}
