package rft.prompt.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads expressions; the weakest operator comes first. */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  private final TokenStream tokens;
  private final PostfixParser postfix;

  ExpressionParser(TokenStream tokens) {
    this.tokens = tokens;
    this.postfix = new PostfixParser(tokens, this);
  }

  /** Reads an expression, or several with commas between them, which are a list. */
  Expression list() {
    int line = tokens.line();
    Expression first = expression();
    if (!tokens.isOperator(",")) {
      return first;
    }
    List<Expression> elements = new ArrayList<>(List.of(first));
    while (tokens.skipOperator(",") && !endsList()) {
      elements.add(expression());
    }
    return new Expression.ListOf(line, elements);
  }

  private boolean endsList() {
    Token.Kind kind = tokens.current().kind();
    return kind == Token.Kind.VARIABLE_END
        || kind == Token.Kind.BLOCK_END
        || tokens.isOperator(")");
  }

  Expression expression() {
    tokens.enter();
    int line = tokens.line();
    Expression value = withoutCondition();
    while (tokens.skipName("if")) {
      Expression condition = withoutCondition();
      Expression otherwise =
          tokens.skipName("else")
              ? expression()
              : new Expression.Literal(line, new Undefined("the condition has no else"));
      value = new Expression.Conditional(line, condition, value, otherwise);
    }
    tokens.leave();
    return value;
  }

  /** Reads an expression that ends before an {@code if}. */
  Expression withoutCondition() {
    int line = tokens.line();
    Expression left = and();
    while (tokens.skipName("or")) {
      left = new Expression.Or(line, left, and());
    }
    return left;
  }

  private Expression and() {
    int line = tokens.line();
    Expression left = not();
    while (tokens.skipName("and")) {
      left = new Expression.And(line, left, not());
    }
    return left;
  }

  private Expression not() {
    int line = tokens.line();
    if (!tokens.skipName("not")) {
      return comparison();
    }
    tokens.enter();
    Expression operand = not();
    tokens.leave();
    return new Expression.Not(line, operand);
  }

  private Expression comparison() {
    int line = tokens.line();
    Expression first = sum();
    List<Expression.Link> links = new ArrayList<>();
    while (true) {
      Token token = tokens.current();
      if (token.kind() == Token.Kind.OPERATOR && COMPARISONS.contains(token.text())) {
        tokens.next();
        links.add(new Expression.Link(token.text(), sum()));
      } else if (tokens.skipName("in")) {
        links.add(new Expression.Link("in", sum()));
      } else if (tokens.isName("not") && tokens.ahead().is(Token.Kind.NAME, "in")) {
        tokens.next();
        tokens.next();
        links.add(new Expression.Link("not in", sum()));
      } else {
        return links.isEmpty() ? first : new Expression.Comparison(line, first, links);
      }
    }
  }

  private Expression sum() {
    Expression left = concatenation();
    while (tokens.isOperator("+") || tokens.isOperator("-")) {
      Token operator = tokens.next();
      left = new Expression.Arithmetic(operator.line(), operator.text(), left, concatenation());
    }
    return left;
  }

  private Expression concatenation() {
    int line = tokens.line();
    List<Expression> parts = new ArrayList<>(List.of(product()));
    while (tokens.skipOperator("~")) {
      parts.add(product());
    }
    return parts.size() == 1 ? parts.get(0) : new Expression.Concatenation(line, parts);
  }

  private Expression product() {
    Expression left = power();
    while (tokens.isOperator("*")
        || tokens.isOperator("/")
        || tokens.isOperator("//")
        || tokens.isOperator("%")) {
      Token operator = tokens.next();
      left = new Expression.Arithmetic(operator.line(), operator.text(), left, power());
    }
    return left;
  }

  private Expression power() {
    Expression left = unary(true);
    while (tokens.isOperator("**")) {
      left = new Expression.Arithmetic(tokens.next().line(), "**", left, unary(true));
    }
    return left;
  }

  private Expression unary(boolean filters) {
    int line = tokens.line();
    Expression value;
    if (tokens.isOperator("-") || tokens.isOperator("+")) {
      boolean negative = tokens.next().text().equals("-");
      tokens.enter();
      value = unary(false);
      tokens.leave();
      value = negative ? new Expression.Negative(line, value) : value;
    } else {
      value = primary();
    }
    value = postfix.accesses(value);
    return filters ? postfix.filters(value) : value;
  }

  /** Reads a constant, a variable or what stands in brackets. */
  Expression primary() {
    Token token = tokens.next();
    int line = token.line();
    return switch (token.kind()) {
      case NAME -> name(token);
      case STRING -> string(token);
      case INTEGER -> new Expression.Literal(line, integer(token));
      case FLOAT -> new Expression.Literal(line, Double.parseDouble(token.text()));
      case OPERATOR -> bracket(token);
      default -> throw new JinjaException(line, "expected a value but found " + token.shown());
    };
  }

  private static Expression name(Token token) {
    return switch (token.text()) {
      case "true", "True" -> new Expression.Literal(token.line(), true);
      case "false", "False" -> new Expression.Literal(token.line(), false);
      case "none", "None" -> new Expression.Literal(token.line(), None.NONE);
      default -> new Expression.Name(token.line(), token.text());
    };
  }

  private static Long integer(Token token) {
    try {
      return Long.valueOf(token.text());
    } catch (NumberFormatException e) {
      throw new JinjaException(token.line(), "the number " + token.text() + " is beyond 64 bits");
    }
  }

  private Expression string(Token first) {
    StringBuilder text = new StringBuilder(first.text());
    while (tokens.current().kind() == Token.Kind.STRING) {
      text.append(tokens.next().text());
    }
    return new Expression.Literal(first.line(), text.toString());
  }

  private Expression bracket(Token opening) {
    return switch (opening.text()) {
      case "(" -> parenthesis(opening.line());
      case "[" -> new Expression.ListOf(opening.line(), elements());
      case "{" -> new Expression.MapOf(opening.line(), entries());
      default ->
          throw new JinjaException(opening.line(), "expected a value but found " + opening.shown());
    };
  }

  private Expression parenthesis(int line) {
    if (tokens.skipOperator(")")) {
      return new Expression.ListOf(line, List.of());
    }
    Expression inside = list();
    tokens.expectOperator(")");
    return inside;
  }

  private List<Expression> elements() {
    List<Expression> elements = new ArrayList<>();
    while (!tokens.skipOperator("]")) {
      elements.add(expression());
      if (!tokens.isOperator("]")) {
        tokens.expectOperator(",");
      }
    }
    return elements;
  }

  private List<Expression.Entry> entries() {
    List<Expression.Entry> entries = new ArrayList<>();
    while (!tokens.skipOperator("}")) {
      Expression key = expression();
      tokens.expectOperator(":");
      entries.add(new Expression.Entry(key, expression()));
      if (!tokens.isOperator("}")) {
        tokens.expectOperator(",");
      }
    }
    return entries;
  }

  /** Reads the arguments of a call after its opening bracket. */
  Access.Passed arguments() {
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (!tokens.skipOperator(")")) {
      if (tokens.isOperator("*") || tokens.isOperator("**")) {
        throw tokens.fault("spreading arguments with * and ** is not supported");
      }
      if (tokens.current().kind() == Token.Kind.NAME
          && tokens.ahead().is(Token.Kind.OPERATOR, "=")) {
        String name = tokens.expectName();
        tokens.expectOperator("=");
        named.put(name, expression());
      } else if (named.isEmpty()) {
        positional.add(expression());
      } else {
        throw tokens.fault("an argument without a name follows one with a name");
      }
      if (!tokens.isOperator(")")) {
        tokens.expectOperator(",");
      }
    }
    return new Access.Passed(positional, named);
  }
}
