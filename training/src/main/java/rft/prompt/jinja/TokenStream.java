package rft.prompt.jinja;

import java.util.List;

/** The tokens of a template, read one by one. */
final class TokenStream {
  private final List<Token> tokens;
  private int position;
  private int nesting;

  TokenStream(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token current() {
    return tokens.get(position);
  }

  /** Returns the token after the current one; the end follows itself. */
  Token ahead() {
    return tokens.get(Math.min(position + 1, tokens.size() - 1));
  }

  /** Returns the current token and moves on. */
  Token next() {
    Token token = current();
    if (position < tokens.size() - 1) {
      position++;
    }
    return token;
  }

  int line() {
    return current().line();
  }

  boolean isOperator(String operator) {
    return current().is(Token.Kind.OPERATOR, operator);
  }

  boolean isName(String name) {
    return current().is(Token.Kind.NAME, name);
  }

  boolean skipOperator(String operator) {
    return skip(isOperator(operator));
  }

  boolean skipName(String name) {
    return skip(isName(name));
  }

  private boolean skip(boolean present) {
    if (present) {
      next();
    }
    return present;
  }

  Token expect(Token.Kind kind, String what) {
    if (current().kind() != kind) {
      throw fault("expected " + what + " but found " + current().shown());
    }
    return next();
  }

  void expectOperator(String operator) {
    if (!skipOperator(operator)) {
      throw fault("expected '" + operator + "' but found " + current().shown());
    }
  }

  void expectName(String name) {
    if (!skipName(name)) {
      throw fault("expected '" + name + "' but found " + current().shown());
    }
  }

  String expectName() {
    return expect(Token.Kind.NAME, "a name").text();
  }

  /** Counts one level of nesting; {@link #leave} ends it. */
  void enter() {
    if (++nesting > Limits.MAX_NESTING) {
      throw fault("nested more than " + Limits.MAX_NESTING + " deep");
    }
  }

  void leave() {
    nesting--;
  }

  JinjaException fault(String reason) {
    return new JinjaException(line(), reason);
  }
}
