package rft.prompt.jinja;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what follows a value: attributes, items, calls, filters and tests. */
final class PostfixParser {
  private static final Set<Token.Kind> CONSTANTS =
      Set.of(Token.Kind.NAME, Token.Kind.STRING, Token.Kind.INTEGER, Token.Kind.FLOAT);
  private static final Set<String> NO_ARGUMENT =
      Set.of("else", "or", "and", "is", "if", "in", "not");

  private final TokenStream tokens;
  private final ExpressionParser expressions;

  PostfixParser(TokenStream tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  /** Reads {@code .name}, {@code [..]} and {@code (..)} after a value. */
  Expression accesses(Expression start) {
    Expression value = start;
    while (true) {
      int line = tokens.line();
      if (tokens.skipOperator(".")) {
        value = attribute(line, value);
      } else if (tokens.skipOperator("[")) {
        value = item(line, value);
      } else if (tokens.skipOperator("(")) {
        value = new Access.Call(line, value, expressions.arguments());
      } else {
        return value;
      }
    }
  }

  private Expression attribute(int line, Expression object) {
    if (tokens.current().kind() == Token.Kind.INTEGER) {
      return new Access.Item(line, object, expressions.primary());
    }
    return new Access.Attribute(line, object, tokens.expectName());
  }

  private Expression item(int line, Expression object) {
    Expression none = new Expression.Literal(line, None.NONE);
    Expression start = tokens.isOperator(":") ? none : expressions.expression();
    if (tokens.skipOperator("]")) {
      return new Access.Item(line, object, start);
    }
    tokens.expectOperator(":");
    Expression stop = bound(none);
    Expression step = tokens.skipOperator(":") ? bound(none) : none;
    tokens.expectOperator("]");
    return new Access.Slice(line, object, start, stop, step);
  }

  private Expression bound(Expression none) {
    return tokens.isOperator(":") || tokens.isOperator("]") ? none : expressions.expression();
  }

  /** Reads {@code | filter} and {@code is test} after a value. */
  Expression filters(Expression start) {
    Expression value = start;
    while (true) {
      if (tokens.isOperator("|")) {
        value = filter(value);
      } else if (tokens.isName("is")) {
        value = test(value);
      } else if (tokens.isOperator("(")) {
        int line = tokens.next().line();
        value = new Access.Call(line, value, expressions.arguments());
      } else {
        return value;
      }
    }
  }

  /** Reads one {@code | filter}. */
  Expression filter(Expression input) {
    tokens.expectOperator("|");
    int line = tokens.line();
    Builtin filter = known(Filters.ALL, tokens.expectName(), line);
    Access.Passed arguments =
        tokens.skipOperator("(") ? expressions.arguments() : Access.Passed.NONE;
    return new Access.Filter(line, input, filter, arguments);
  }

  private Expression test(Expression input) {
    int line = tokens.next().line();
    boolean negated = tokens.skipName("not");
    String name = tokens.expectName();
    if (name.equals("in")) {
      return negate(
          negated, new Access.Test(line, input, known(Tests.ALL, name, line), argument()));
    }
    Builtin test = known(Tests.ALL, name, line);
    Access.Passed arguments = Access.Passed.NONE;
    if (tokens.skipOperator("(")) {
      arguments = expressions.arguments();
    } else if (takesArgument()) {
      arguments = argument();
    }
    return negate(negated, new Access.Test(line, input, test, arguments));
  }

  private boolean takesArgument() {
    Token token = tokens.current();
    return (CONSTANTS.contains(token.kind())
            && !(token.kind() == Token.Kind.NAME && NO_ARGUMENT.contains(token.text())))
        || tokens.isOperator("[")
        || tokens.isOperator("{");
  }

  private Access.Passed argument() {
    return new Access.Passed(List.of(accesses(expressions.primary())), Map.of());
  }

  private static Expression negate(boolean negated, Expression test) {
    return negated ? new Expression.Not(test.line(), test) : test;
  }

  private static Builtin known(Builtins table, String name, int line) {
    try {
      return table.require(name);
    } catch (JinjaException e) {
      throw e.at(line);
    }
  }
}
