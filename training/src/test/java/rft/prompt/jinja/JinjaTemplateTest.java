package rft.prompt.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JinjaTemplateTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-03-09T08:05:07Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @ValueSource(
      strings = {
        // each doubles, loops or calls itself until a limit stops it
        "{% set n = namespace(t='aa') %}{% for i in range(99) %}{% set n.t = n.t ~ n.t %}{% endfor %}",
        "{% set n = namespace(t='aa') %}{% for i in range(99) %}{% set n.t = n.t + n.t %}{% endfor %}",
        "{% set n = namespace(t=['aa']) %}{% for i in range(99) %}{% set n.t = n.t + n.t %}{% endfor %}",
        "{% set n = namespace(t=[1]) %}{% for i in range(60) %}{% set n.t = [n.t, n.t] %}{% endfor %}{{ n.t }}",
        "{% set n = namespace(t=[1]) %}{% for i in range(60) %}{% set n.t = [n.t, n.t] %}{% endfor %}{{ n.t|tojson }}",
        "{% set n = namespace(t=[1]) %}{% for i in range(50000) %}{% set n.t = [n.t] %}{% endfor %}{{ n.t }}",
        "{% set n = namespace(t=[1]) %}{% for i in range(50000) %}{% set n.t = [n.t] %}{% endfor %}{{ n.t == [n.t] }}",
        "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in range(9999) %}{% for b in range(9999) %}text text{% endfor %}{% endfor %}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% macro f(n) %}{{ f(n) }}{{ f(n) }}{% endmacro %}{{ f(1) }}",
        "{% set n = namespace(t=[1], u=[1]) %}{% for i in range(60) %}{% set n.t = [n.t, n.t] %}"
            + "{% set n.u = [n.u, n.u] %}{% endfor %}{{ n.t == n.u }}",
        "{% set n = namespace(t=[1]) %}{% for i in range(60) %}{% set n.t = [n.t, n.t] %}"
            + "{% endfor %}{{ {n.t: 1} }}{{ n.t in {} }}",
        "{{ range(999999999) }}",
        "{{ 'a' * 999999999 }}",
        "{{ 'aaaaaaaa' * 9223372036854775807 }}",
        "{{ ('a' * 100000).replace('', 'b' * 100000) }}",
        "{{ range(90000)|join('a' * 100000) }}",
        "{{ ('a' * 100000).join(('b ' * 90000).split()) }}",
        "{{ ('a\n' * 90000)|indent('b' * 100000) }}",
        "{{ (', ' * 2000000).split(',') }}",
        "{{ 2 ** 99 }}",
        "{{ 9223372036854775807 + 1 }}"
      })
  void aRunawayTemplateIsStoppedSoon(String source) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThrows(JinjaException.class, () -> render(source)));
  }

  @Test
  void aTemplateOfLongStepsIsStoppedByTheClock() {
    String source =
        "{% set big = range(99999)|list %}{% for a in big %}{% set x = -1 in big %}{% endfor %}";
    Rendering rendering = new Rendering(CLOCK, Duration.ofMillis(100));
    JinjaTemplate template = JinjaTemplate.parse(source);
    String message =
        assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () ->
                assertThrows(JinjaException.class, () -> template.render(Map.of(), rendering))
                    .getMessage());
    assertEquals("line 1: the template takes more than 100 milliseconds", message);
  }

  @Test
  void aLongTextIsOneToken() {
    String text = "it\\'s ".repeat(20_000);
    assertEquals(100_000, render("{{ '" + text + "' }}").length());
  }

  @Test
  void sourceNestedTooDeepIsRefusedAndSoIsALongChain() {
    for (String part : List.of("(", "[", "{% if 1 %}", "{{ - ", "not ", "-", "a if a else ")) {
      String source = (part.startsWith("{") ? "" : "{{ ") + part.repeat(5000);
      assertThrows(JinjaException.class, () -> render(source), part);
    }
    assertThrows(JinjaException.class, () -> render("{{ 1" + " + 1".repeat(5000) + " }}"));
    assertEquals("101", render("{{ 1" + " + 1".repeat(100) + " }}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "'a\n{{ b.c }}'#'line 2: ''b'' is undefined'",
        "'{{ 1 +\n\n 2 + \"a\" }}'#'line 3: the operator + does not work on a number and text; ~ joins any two values as text'",
        "'{% if x %}'#'line 1: the template ends before elif or else or endif'",
        "'\n{% include \"x\" %}'#'line 2: the block include is not supported; supported are if, for, set, macro, break, continue, generation, raw'",
        "'{% for a in b recursive %}{% endfor %}'#'line 1: recursive loops are not supported: call a macro instead'",
        "'{% endfor %}'#'line 1: the block endfor closes nothing'",
        "'{% break %}'#'line 1: break stands outside of a loop'",
        "'{{ f(*a) }}'#'line 1: spreading arguments with * and ** is not supported'",
        "'{{ \"a }}'#'line 1: the text after \" has no closing \"'",
        "'x {{ a'#'line 1: {{ is not closed by }}'",
        "'{# a'#'line 1: the comment {# is not closed by #}'",
        "'{% raw %} a'#'line 1: {% raw %} is not closed by {% endraw %}'",
        "'{{ a ) }}'#'line 1: '')'' closes nothing'",
        "'{{ a ? b }}'#'line 1: the character ''?'' has no meaning here'",
        "'{{ \"a\".join(7) }}'#'line 1: cannot loop over a number'",
        "'{{ \"a\"|trim(1) }}'#'line 1: the argument chars of method strip must be text, not a number'",
        "'{{ \"a\"|trim(x=1) }}'#'line 1: filter trim does not support the argument x'",
        "'{{ \"a\".upper(1) }}'#'line 1: method upper takes at most 0 arguments, not 1'",
        "'{{ [1].append(2) }}'#'line 1: method append changes a list, which templates may not: build a new list with +'",
        "'{{ strftime_now(\"%Q\") }}'#'line 1: strftime_now does not support %Q; supported are %d %b %B %m %Y %y %H %I %M %S %p %a %A %j %%'"
      })
  void everyErrorSaysWhereAndWhat(String source, String message) {
    assertEquals(message, assertThrows(JinjaException.class, () -> render(source)).getMessage());
  }

  @Test
  void anUnknownTestListsTheKnownOnes() {
    String message =
        assertThrows(JinjaException.class, () -> render("{{ 1 is prime }}")).getMessage();
    assertTrue(message.contains("the test prime is not supported; supported are"), message);
    assertTrue(message.contains("mapping"), message);
  }

  @Test
  void theDateIsWrittenAsPythonWritesIt() {
    assertEquals(
        "09 Mar 2025|9 March|08:05:07 08 AM|Sun Sunday 068 68 25 % x",
        render("{{ strftime_now('%d %b %Y|%-d %B|%H:%M:%S %I %p|%a %A %j %-j %y %% x') }}"));
  }

  @Test
  void variablesMayBeNullNestedAndOfAnyNumberType() {
    Map<String, Object> variables = new HashMap<>();
    variables.put("a", null);
    variables.put("b", Map.of("c", List.of((short) 1, 2, 3L, 1.5f)));
    assertEquals(
        "None [1, 2, 3, 1.5]", JinjaTemplate.parse("{{ a }} {{ b.c }}").render(variables, CLOCK));
  }

  @Test
  void aVariableThatNoTemplateCanUseIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> JinjaTemplate.parse("").render(Map.of("a", new Object()), CLOCK));
  }

  private static String render(String source) {
    return JinjaTemplate.parse(source).render(Map.of(), CLOCK);
  }
}
