package rft.prompt.jinja;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parsed template. Immutable; may be rendered from several threads at once. */
public final class JinjaTemplate {
  private final List<Statement> body;

  private JinjaTemplate(List<Statement> body) {
    this.body = body;
  }

  /**
   * Returns the template of a source.
   *
   * @throws JinjaException if the source is faulty or uses what is not supported, naming the line
   */
  public static JinjaTemplate parse(String source) {
    return new JinjaTemplate(
        new StatementParser(new TokenStream(new Lexer(source).tokens())).template());
  }

  /**
   * Returns what the template writes.
   *
   * @param variables text, numbers, booleans, lists and maps by name; null is none
   * @param clock what {@code strftime_now} reads
   * @throws JinjaException if the template uses a value wrongly, refuses its input or grows beyond
   *     the limits on steps, time, depth and text, naming the line
   */
  public String render(Map<String, ? extends @Nullable Object> variables, Clock clock) {
    return render(variables, new Rendering(clock, Limits.MAX_TIME));
  }

  String render(Map<String, ? extends @Nullable Object> variables, Rendering rendering) {
    Scope scope = Scope.outermost(rendering);
    Globals.define(scope);
    variables.forEach((name, value) -> scope.set(name, Values.of(value)));
    try {
      Statement.runAll(body, scope.inner());
    } catch (StackOverflowError e) {
      throw new JinjaException("values are nested too deep");
    }
    return scope.output();
  }
}
