package rft.grader;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rft.dataset.NearestName;

/** Reads a formula by recursive descent, one method for each level of precedence. */
final class FormulaParser {
  private static final int MAX_DEPTH = 200;
  private static final int LONGEST = 10_000;
  private static final Pattern NUMBER = Pattern.compile("(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

  private final String text;
  private final Set<String> names;
  private int at;
  private int depth;

  FormulaParser(String text, Set<String> names) {
    this.text = text;
    this.names = names;
  }

  FormulaNode formula() throws FormulaException {
    if (text.length() > LONGEST) {
      throw problem("a formula has at most " + LONGEST + " characters");
    }
    FormulaNode node = sum();
    skipSpace();
    if (at < text.length()) {
      throw problem(
          peek() == ')' ? "this bracket was never opened" : "expected an operator, not " + here());
    }
    return node;
  }

  private FormulaNode sum() throws FormulaException {
    FormulaNode left = product();
    while (isNext('+') || isNext('-')) {
      int column = at + 1;
      left = new FormulaNode.Operation(column, text.charAt(at++), left, product());
    }
    return left;
  }

  private FormulaNode product() throws FormulaException {
    FormulaNode left = signed();
    while (isNext('*') || isNext('/')) {
      if (text.startsWith("**", at)) {
        throw problem("a power is written ^, not **");
      }
      int column = at + 1;
      left = new FormulaNode.Operation(column, text.charAt(at++), left, signed());
    }
    return left;
  }

  private FormulaNode signed() throws FormulaException {
    if (++depth > MAX_DEPTH) {
      throw problem("the formula is nested deeper than " + MAX_DEPTH + " levels");
    }
    try {
      if (isNext('-')) {
        int column = ++at;
        FormulaNode zero = new FormulaNode.Constant(column, 0);
        return new FormulaNode.Operation(column, '-', zero, signed());
      }
      return power();
    } finally {
      depth--;
    }
  }

  private FormulaNode power() throws FormulaException {
    FormulaNode base = value();
    if (!isNext('^')) {
      return base;
    }
    int column = ++at;
    return new FormulaNode.Operation(column, '^', base, signed());
  }

  private FormulaNode value() throws FormulaException {
    skipSpace();
    int column = at + 1;
    if (isNext('(')) {
      at++;
      FormulaNode inner = sum();
      close(column);
      return inner;
    }
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (number.lookingAt()) {
      at = number.end();
      double value = Double.parseDouble(number.group());
      if (!Double.isFinite(value)) {
        throw new FormulaException(column, number.group() + " is too large");
      }
      return new FormulaNode.Constant(column, value);
    }
    Matcher name = NAME.matcher(text).region(at, text.length());
    if (!name.lookingAt()) {
      throw problem("expected a number, a name or a bracket, not " + here());
    }
    at = name.end();
    return isNext('(') ? call(column, name.group()) : grader(column, name.group());
  }

  private FormulaNode grader(int column, String name) throws FormulaException {
    if (!names.contains(name)) {
      String hint = NearestName.hint(name, names);
      throw new FormulaException(
          column,
          "there is no grader "
              + name
              + (hint.isEmpty() ? "; there are " + String.join(", ", new TreeSet<>(names)) : hint));
    }
    return new FormulaNode.Name(column, name);
  }

  private FormulaNode call(int column, String name) throws FormulaException {
    List<String> functions =
        Arrays.stream(FormulaFunction.values()).map(FormulaFunction::jsonName).toList();
    if (!functions.contains(name)) {
      String hint = NearestName.hint(name, functions);
      throw new FormulaException(
          column,
          "there is no function "
              + name
              + (hint.isEmpty() ? "; there are " + String.join(", ", functions) : hint));
    }
    FormulaFunction function = FormulaFunction.valueOf(name.toUpperCase(Locale.ROOT));
    int open = ++at;
    List<FormulaNode> arguments = new ArrayList<>();
    if (!isNext(')')) {
      arguments.add(sum());
      while (isNext(',')) {
        at++;
        arguments.add(sum());
      }
    }
    close(open);
    if (arguments.isEmpty() || arguments.size() > function.mostArguments()) {
      throw new FormulaException(
          column,
          name
              + " takes "
              + (function.mostArguments() == 1 ? "one value" : "one value or more")
              + ", not "
              + arguments.size());
    }
    return new FormulaNode.Call(column, function, arguments);
  }

  private void close(int open) throws FormulaException {
    if (!isNext(')')) {
      throw at < text.length()
          ? problem("expected a closing bracket, not " + here())
          : new FormulaException(open, "this bracket is never closed");
    }
    at++;
  }

  private boolean isNext(char wanted) {
    skipSpace();
    return at < text.length() && text.charAt(at) == wanted;
  }

  private char peek() {
    return text.charAt(at);
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private String here() {
    skipSpace();
    return at < text.length()
        ? "\"" + Character.toString(text.codePointAt(at)) + "\""
        : "the end of the formula";
  }

  private FormulaException problem(String message) {
    return new FormulaException(at + 1, message);
  }
}
