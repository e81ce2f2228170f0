package rft.prompt.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads a whole template. */
final class StatementParser {
  private final TokenStream tokens;
  private final ExpressionParser expressions;
  private final PostfixParser postfix;
  private int loops;

  StatementParser(TokenStream tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
    this.postfix = new PostfixParser(tokens, expressions);
  }

  /** Reads all statements. */
  List<Statement> template() {
    List<Statement> body = body(Set.of());
    if (tokens.current().kind() != Token.Kind.END) {
      throw tokens.fault("unexpected " + tokens.current().shown());
    }
    return body;
  }

  /** Reads statements up to a block of one of these names, whose name is then the next token. */
  private List<Statement> body(Set<String> ends) {
    List<Statement> body = new ArrayList<>();
    tokens.enter();
    while (true) {
      Token token = tokens.current();
      if (token.kind() == Token.Kind.END) {
        if (!ends.isEmpty()) {
          throw tokens.fault(
              "the template ends before " + String.join(" or ", new TreeSet<>(ends)));
        }
        break;
      }
      tokens.next();
      if (token.kind() == Token.Kind.TEXT) {
        body.add(new Statement.Text(token.text()));
      } else if (token.kind() == Token.Kind.VARIABLE_BEGIN) {
        body.add(new Statement.Output(token.line(), expressions.list()));
        tokens.expect(Token.Kind.VARIABLE_END, "}}");
      } else if (ends.contains(tokens.current().text())) {
        break;
      } else {
        body.add(statement());
      }
    }
    tokens.leave();
    return body;
  }

  private Statement statement() {
    Token tag = tokens.expect(Token.Kind.NAME, "the name of a block");
    return switch (tag.text()) {
      case "if" -> ifStatement();
      case "for" -> forStatement();
      case "set" -> set();
      case "macro" -> macro();
      case "break" -> leave(tag, Statement.Flow.BREAK);
      case "continue" -> leave(tag, Statement.Flow.CONTINUE);
      case "generation" -> generation();
      default ->
          throw new JinjaException(
              tag.line(),
              "the block "
                  + tag.text()
                  + (tag.text().startsWith("end") || tag.text().startsWith("el")
                      ? " closes nothing"
                      : " is not supported; supported are if, for, set, macro, break, continue,"
                          + " generation, raw"));
    };
  }

  private void endBlock() {
    tokens.expect(Token.Kind.BLOCK_END, "%}");
  }

  private List<Statement> closed(String end) {
    List<Statement> body = body(Set.of(end));
    tokens.expectName(end);
    endBlock();
    return body;
  }

  private Statement ifStatement() {
    List<Statement.Branch> branches = new ArrayList<>();
    do {
      Expression condition = expressions.list();
      endBlock();
      branches.add(new Statement.Branch(condition, body(Set.of("elif", "else", "endif"))));
    } while (tokens.skipName("elif"));
    List<Statement> otherwise = otherwise("endif");
    return new Statement.If(branches, otherwise);
  }

  /** Reads an optional {@code else} and the end of a block. */
  private List<Statement> otherwise(String end) {
    if (tokens.skipName("else")) {
      endBlock();
      return closed(end);
    }
    tokens.expectName(end);
    endBlock();
    return List.of();
  }

  private Statement forStatement() {
    Target target = target();
    int line = tokens.line();
    tokens.expectName("in");
    Expression iterable = expressions.withoutCondition();
    Expression condition =
        tokens.skipName("if") ? expressions.expression() : new Expression.Literal(line, true);
    if (tokens.isName("recursive")) {
      throw tokens.fault("recursive loops are not supported: call a macro instead");
    }
    endBlock();
    loops++;
    List<Statement> body = body(Set.of("else", "endfor"));
    loops--;
    return new Statement.For(target, iterable, condition, body, otherwise("endfor"));
  }

  private Target target() {
    int line = tokens.line();
    boolean bracket = tokens.skipOperator("(");
    List<String> names = new ArrayList<>(List.of(tokens.expectName()));
    String attribute = "";
    if (tokens.skipOperator(".")) {
      attribute = tokens.expectName();
    }
    while (attribute.isEmpty() && tokens.skipOperator(",")) {
      names.add(tokens.expectName());
    }
    if (bracket) {
      tokens.expectOperator(")");
    }
    return new Target(line, names, attribute);
  }

  private Statement set() {
    Target target = target();
    if (tokens.skipOperator("=")) {
      Expression value = expressions.list();
      endBlock();
      return new Statement.Assign(target, value);
    }
    Expression filtered = filters(target.line());
    endBlock();
    return new Statement.Capture(target, closed("endset"), filtered);
  }

  private Expression filters(int line) {
    Expression filtered = new Expression.Name(line, Statement.Capture.WRITTEN);
    while (tokens.isOperator("|")) {
      filtered = postfix.filter(filtered);
    }
    return filtered;
  }

  private Statement macro() {
    String name = tokens.expectName();
    List<String> parameters = new ArrayList<>();
    Map<String, Expression> defaults = new LinkedHashMap<>();
    tokens.expectOperator("(");
    while (!tokens.skipOperator(")")) {
      String parameter = tokens.expectName();
      parameters.add(parameter);
      if (tokens.skipOperator("=")) {
        defaults.put(parameter, expressions.expression());
      }
      if (!tokens.isOperator(")")) {
        tokens.expectOperator(",");
      }
    }
    endBlock();
    int outside = loops;
    loops = 0;
    List<Statement> body = closed("endmacro");
    loops = outside;
    return new Statement.Define(new Macro(name, parameters, defaults, body));
  }

  private Statement leave(Token tag, Statement.Flow flow) {
    if (loops == 0) {
      throw new JinjaException(tag.line(), tag.text() + " stands outside of a loop");
    }
    endBlock();
    return new Statement.Leave(flow);
  }

  private Statement generation() {
    endBlock();
    return new Statement.Group(closed("endgeneration"));
  }
}
