"""Small templates, one construct each. `messages` and the variables below are in scope."""

VARIABLES = {
    "messages": [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "  Hi there \n"},
        {"role": "assistant", "content": "Grüße 🙂 <b>"},
    ],
    "text": "Hello World",
    "spaced": "\t  a b\u00a0\n ",
    "empty": "",
    "number": 7,
    "half": 0.5,
    "flag": True,
    "nothing": None,
    "list": [3, 1, 2],
    "names": ["b", "A", "c", "a"],
    "mapping": {"b": 1, "a": [1, 2.5, None, True, "x\"'y"], "c": {"d": "é\n"}},
    "people": [{"name": "Zoe", "age": 9}, {"name": "Al", "age": 30, "admin": True}],
    "emoji": "a🙂b漢",
}

SNIPPETS = r"""
plain text
{{ text }}|{{ missing }}|{{ nothing }}|{{ flag }}|{{ number }}|{{ half }}
{{ mapping }} {{ list }} {{ names }}
{{ 1e16 }} {{ 1e15 }} {{ 0.1 + 0.2 }} {{ 1e-5 }} {{ 0.0001 }} {{ 123456.789 }} {{ 2.0 }} {{ -0.0 }} {{ 5e-324 }}
{{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 2 ** 10 }} {{ 2 ** -1 }} {{ 7.5 // 2 }} {{ -7.5 % 2 }}
{{ 1 + 2 * 3 - 4 }} {{ (1 + 2) * 3 }} {{ -2 ** 2 }} {{ 2 ** 3 ** 2 }} {{ - - 3 }} {{ (-1) ** 101 }} {{ 1 ** 1000 }} {{ 0 ** 0 }} {{ +3 }}
{{ true + 1 }} {{ true == 1 }} {{ false == 0 }} {{ 1 == 1.0 }} {{ '1' == 1 }}
{{ 'a' + 'b' ~ 1 ~ none ~ true ~ 2.50 }} {{ 1 ~ 2 + '3' }}
{{ 'ab' * 3 }}
{{ [1] + [2, 3] }} {{ [] }} {{ {} }}
{{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 'a' < 'b' }} {{ 3 >= 3 != 4 }}
{{ 'ell' in text }} {{ 'x' not in text }} {{ 1 in list }} {{ 'a' in mapping }} {{ 'z' in mapping }} {{ 'a' in missing }}
{{ not true }} {{ not false and true }} {{ 1 and 2 }} {{ 0 or 'x' }} {{ '' or none }} {{ not 'a' in text }}
{{ 'yes' if flag else 'no' }} {{ 'yes' if nothing }}| {{ 'a' if false else 'b' if false else 'c' }}
{{ text[0] }} {{ text[-1] }} {{ text[99] }}| {{ list[1] }} {{ list[-1] }} {{ list[9] }}|
{{ text[1:4] }} {{ text[:3] }} {{ text[-3:] }} {{ text[::-1] }} {{ text[::2] }} {{ text[8:2:-2] }} {{ text[:-20:-1] }}
{{ list[::-1] }} {{ list[1:] }} {{ list[:-1] }} {{ list[5:] }} {{ list[-2:9] }} {{ messages[1:]|length }}
{{ emoji[1] }} {{ emoji[::-1] }} {{ emoji|length }} {{ emoji[2:] }}
{{ mapping.b }} {{ mapping['b'] }} {{ mapping.c.d }} {{ mapping['zz'] }}| {{ mapping.zz is defined }} {{ mapping.get('zz') }} {{ mapping.get('zz', 5) }} {{ mapping.get('b') }}
{% for k, v in mapping.items() %}{{ k }}={{ v }};{% endfor %}
{% for k in mapping %}{{ k }};{% endfor %}{% for k in mapping.keys() %}{{ k }}{% endfor %}{% for v in mapping.values() %}{{ v }}{% endfor %}
{% for k, v in mapping|items %}{{ k }}{% endfor %}{% for k, v in mapping|dictsort %}{{ k }}{% endfor %}{% for k, v in {'b': 'A', 'a': 'z'}|dictsort(false, 'value', reverse=true) %}{{ k }}{{ v }}{% endfor %}
{% for m in messages %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.depth }}{{ loop.depth0 }} {% endfor %}
{% for m in messages %}{{ loop.previtem.role if loop.previtem }}<{{ m.role }}>{{ loop.nextitem.role if loop.nextitem is defined }} {{ loop.cycle('a', 'b') }}{{ loop.changed(m.role == 'user') }};{% endfor %}
{% for m in messages if m.role != 'system' %}{{ loop.index }}{{ m.role }}{{ loop.length }}{% else %}none{% endfor %}
{% for m in [] %}x{% else %}none{% endfor %}{% for m in missing %}x{% else %}none{% endfor %}{% for c in 'ab' %}{{ c }}-{% endfor %}
{% for a in [1,2] %}{% for b in [3,4] %}{{ a }}{{ b }}{{ loop.depth }} {% endfor %}{% endfor %}
{% for i in range(3) %}{{ i }}{% endfor %}{% for i in range(2, 5) %}{{ i }}{% endfor %}{% for i in range(5, 0, -2) %}{{ i }}{% endfor %}
{% for i in range(9) %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 5 %}{% break %}{% endif %}{{ i }}{% endfor %}
{% set x = 1 %}{% for i in list %}{% set x = i %}{% endfor %}{{ x }}
{% set x = 1 %}{% if true %}{% set x = 2 %}{% endif %}{{ x }}
{% set ns = namespace(x=1, y='b') %}{% for i in list %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}{{ ns.y }}{{ ns.z is defined }}
{% set ns = namespace({'a': 1}, b=2) %}{{ ns.a }}{{ ns['b'] }}
{% set a, b = 1, 'two' %}{{ b }}{{ a }}{% for (p, q) in [[1, 2], [3, 4]] %}{{ p + q }}{% endfor %}
{% set block %} <{{ text }}> {% endset %}{{ block }}|{{ block|trim }}
{% set block | upper | trim %} <{{ text }}> {% endset %}{{ block }}
{% macro greet(name, mark='!') %}Hi {{ name }}{{ mark }}{% endmacro %}{{ greet('Al') }} {{ greet('Zoe', '?') }} {{ greet(mark='.', name='B') }} {{ greet() }}
{% macro tree(n) %}{{ n }}{% if n > 0 %}{{ tree(n - 1) }}{% endif %}{% endmacro %}{{ tree(4) }}
{% set outer = 'o' %}{% macro m() %}{{ outer }}{% set outer = 'i' %}{{ outer }}{% endmacro %}{{ m() }}{{ outer }}
{%- macro pad(x) -%}   {{ x }}   {%- endmacro -%}   [{{ pad('a') }}]
{% generation %}{% set inside = 1 %}text{% endgeneration %}{{ inside is defined }}
{# comment #}a{#- strip -#} b {#+ keep #}
a {{- ' b ' -}} c
a {%- if true -%} b {%- endif -%} c
{% if 1 %}one{% elif 2 %}two{% else %}three{% endif %}{% if 0 %}one{% elif 0 %}two{% else %}three{% endif %}{% if 0 %}a{% elif 2 %}two{% endif %}
{% raw %}{{ not }} {% for %}{% endraw %}|{%- raw -%} {{ x }} {%- endraw -%} |
{{ '{{' }}{{ "}}" }}{{ '%}' }}{{ {'a': {'b': 1}}['a']['b'] }}
{{ 'tab\tnew\\n\'quote\' "x" \x41 \u00e9 \101 \q' }}
{{ 'con' 'cat' "enated" }}
{{ spaced|trim }}|{{ spaced.strip() }}|{{ spaced.lstrip() }}|{{ spaced.rstrip() }}|{{ 'xxaxx'|trim('x') }}|{{ 'xyaxy'.strip('yx') }}|{{ 'xyaxy'.lstrip('x') }}|{{ 'aab'.rstrip('ba') }}|{{ 'a'.strip(none) }}
{{ 'a b  c '.split() }} {{ 'a,b,,c'.split(',') }} {{ 'a,b,c'.split(',', 1) }} {{ 'a,b,c'.rsplit(',', 1) }} {{ ' a b c '.split(none, 1) }} {{ ' a b c '.rsplit(none, 1) }} {{ ''.split() }} {{ ''.split(',') }} {{ 'abc'.split('</x>')[-1] }}
{{ 'aXXbXXc'.rsplit('XX') }} {{ 'XXX'.rsplit('XX') }} {{ 'XXaXX'.split('XX') }} {{ 'XXaXX'.rsplit('XX', 1) }} {{ 'X'.rsplit('XX') }} {{ '  '.rsplit() }} {{ 'a b'.split(none, 0) }} {{ 'a,b'.split(',', 0) }} {{ 'a b c d'.rsplit(none, 2) }} {{ ' a  '.rsplit(none, 0) }} {{ ' a  b '.split(none, 1) }}
{{ 'a\nb\r\nc'.splitlines() }} {{ 'a\nb'.splitlines(true) }}
{{ text.startswith('Hell') }} {{ text.endswith('d') }} {{ text.startswith(('x', 'H')) }} {{ text.endswith('x') }}
{{ text.replace('l', 'L') }} {{ text.replace('l', 'L', 1) }} {{ text|replace('o', '0') }} {{ text|replace('l', '_', 2) }} {{ 'abc'.replace('', '-') }} {{ 'aaa'.replace('aa', 'b') }}
{{ text.upper() }} {{ text.lower() }} {{ text|upper }} {{ text|lower }} {{ 'hello wORLD'|title }} {{ 'hello wORLD'|capitalize }} {{ 'hello wORLD'.title() }} {{ 'éa ß'.upper() }}
{{ text.find('o') }} {{ text.rfind('o') }} {{ text.find('zz') }} {{ text.count('l') }} {{ 'abcabc'.count('bc') }} {{ list.count(1) }} {{ list.index(2) }}
{{ ', '.join(names) }} {{ names|join('-') }} {{ names|join }} {{ list|join(', ') }} {{ people|join('; ', attribute='name') }}
{{ 'abc'.removeprefix('ab') }} {{ 'abc'.removesuffix('bc') }} {{ 'abc'.removeprefix('x') }}
{{ '12'.isdigit() }} {{ 'a1'.isalpha() }} {{ 'a1'.isalnum() }} {{ ' '.isspace() }} {{ 'A'.isupper() }} {{ ''.isdigit() }}
{{ text|length }} {{ list|count }} {{ mapping|length }} {{ missing|length }}
{{ list|first }} {{ list|last }} {{ []|first }}| {{ text|first }} {{ text|last }} {{ list|sort }} {{ names|sort }} {{ names|sort(case_sensitive=true) }} {{ list|sort(reverse=true) }} {{ people|sort(attribute='age')|map(attribute='name')|list }}
{{ list|reverse|list }} {{ text|reverse }} {{ names|unique|list }} {{ list|max }} {{ list|min }} {{ list|sum }} {{ people|sum(attribute='age') }} {{ 'ab'|list }}
{{ people|map(attribute='name')|join(',') }} {{ names|map('upper')|join(',') }} {{ people|map(attribute='admin', default=false)|list }}
{{ people|selectattr('admin')|map(attribute='name')|list }} {{ people|rejectattr('admin')|map(attribute='name')|list }} {{ messages|selectattr('role', 'equalto', 'user')|list|length }} {{ messages|selectattr('role', 'in', ['user', 'system'])|list|length }} {{ messages|rejectattr('role', 'equalto', 'user')|map(attribute='role')|join(' ') }}
{{ list|select('odd')|list }} {{ list|reject('odd')|list }} {{ ['', 'a', 0]|select|list }} {{ list|select('gt', 1)|list }}
{{ missing|default('d') }} {{ nothing|default('d') }} {{ nothing|default('d', true) }} {{ empty|d('e', boolean=true) }} {{ missing|default }}|
{{ number|string + 'x' }} {{ '42'|int + 1 }} {{ 'x'|int }} {{ 'x'|int(9) }} {{ 3.99|int }} {{ '2.5'|float }} {{ 'x'|float }} {{ -5|abs }} {{ (-5)|abs }} {{ 'a'|safe }} {{ '3.7'|int }}
{{ 'a\nb\n\nc'|indent }} {{ 'a\nb'|indent(2, true) }} {{ 'a\n\nb'|indent(2, blank=true) }} {{ 'a\nb'|indent('>>') }}
{{ mapping|tojson }} {{ mapping|tojson(indent=2) }} {{ mapping|tojson(sort_keys=true) }} {{ 'é🙂</b>'|tojson }} {{ 'é🙂'|tojson(ensure_ascii=true) }} {{ mapping|tojson(separators=(',', ':')) }} {{ {}|tojson(indent=4) }} {{ []|tojson(indent=4) }} {{ [1, [2, {}]]|tojson(indent=1) }}
{{ 'quote" back\\ tab\t nl\n ctrl\x01 del\x7f'|tojson }} {{ 1.0|tojson }} {{ 1e20|tojson }} {{ none|tojson }} {{ true|tojson }} {{ {1: 2}|tojson }}
{{ text is defined }} {{ missing is defined }} {{ missing is undefined }} {{ missing is not defined }} {{ mapping.x is defined }} {{ nothing is none }} {{ nothing is not none }} {{ missing is none }} {{ nothing is defined }}
{{ text is string }} {{ list is string }} {{ mapping is mapping }} {{ list is mapping }} {{ list is iterable }} {{ text is iterable }} {{ mapping is sequence }} {{ number is number }} {{ flag is number }} {{ number is integer }} {{ flag is integer }} {{ half is float }} {{ flag is boolean }} {{ number is boolean }} {{ range is callable }} {{ text is callable }} {{ nothing is iterable }} {{ number is sequence }}
{{ flag is true }} {{ flag is false }} {{ 1 is true }} {{ 3 is odd }} {{ 3 is even }} {{ 9 is divisibleby 3 }} {{ 9 is divisibleby(2) }} {{ 3 is eq 3 }} {{ 3 is equalto(4) }} {{ 3 is gt 2 }} {{ 3 is lt(2) }} {{ 3 is ne 3 }} {{ 'a' is in names }} {{ 'zz' is not in names }} {{ 'a' is in(['a']) }} {{ 'abc' is lower }} {{ 'ABC' is upper }} {{ 1 is sameas 1 }} {{ none is sameas none }}
{{ missing is defined and missing.x == 1 }} {{ 'a' if missing is defined else 'b' }} {{ (missing is defined) or flag }} {{ not missing is defined }}
{{ messages[0]['role'] }} {{ messages[0].role }} {{ messages[-1]['content'] }} {{ messages|last }} {{ (messages|first).role }} {{ (messages|length - 1) }} {{ messages[messages|length - 1].role }}
{{ people[0].name }}{{ people.0.name }}{{ people[1]['admin'] }}{{ people[0].admin }}|
{{ dict(a=1, b='x') }} {{ dict({'q': 1}, r=2) }} {{ dict(a=1)['a'] }} {{ {'a': 1, 'b': 2}.items()|list|length }}
{{ {'a': 1} == {'a': 1.0} }} {{ [1, 2] == [1, 2] }} {{ [1] == [2] }} {{ none == none }} {{ missing == missing2 }} {{ 'a' != 'b' }}
{{ "it's" }} {{ ["it's", 'say "x"', "both ' and \"", "nl\n", "\\"] }}
{{ 1_000 }} {{ 'x' ~ -1 }} {{ [1, 2,] }} {{ {'a': 1,} }} {{ (1,)|length }}
{{ text|upper|lower|replace('h', 'j')|capitalize }} {{ (text|upper)[0] }} {{ text.upper().lower()[1:3] }} {{ text|length > 5 }} {{ 'a' ~ 'b'|upper }} {{ -1|string }}
{{ raise_exception('no ' ~ text) }}
{{ missing.attribute }}
{{ missing + 1 }}
{{ missing() }}
{{ text() }}
{{ 'a' + 1 }}
{{ 1 < 'a' }}
{{ 1 / 0 }}
{{ text.nothing() }}
{{ text.nothing }}|
{{ list.append(1) }}
{{ mapping.update({}) }}
{{ number.x }}|{{ nothing.x }}|
{{ nothing.x.y }}
{{ nothing|length }}
{% for x in 5 %}{% endfor %}
{% for a, b in [[1]] %}{% endfor %}
{% set text.x = 1 %}
{{ 'a'|nofilter }}
{{ 'a' is notest }}
{{ 'unclosed }}
{{ (1 }}
{% if true %}
{% endif %}
{% unknown %}
{{ }}
{{ 1 2 }}
{{ list|join(nothing) }}
{{ 'a'.join(list) }}
{{ 1 ~ 2 + 3 }}
{{ ''|first }}|
{{ range(3)|list }} {{ range(0) | list | length }} {{ [range(2)|list, range(1)|list]|map('length')|list }}
{{ 'x' in ['x', 'y'] and 'z' not in ['x'] }}{{ 'a' in 'abc' == true }}
{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% endif %}{% for message in loop_messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('alternate') }}{% endif %}{{ message['content'].strip() }}{% endfor %}
""".strip("\n").split("\n")

# Templates of several lines: what line breaks and indentation become.
LINES = [
    "a\n  {% if true %}\n  b\n  {% endif %}\nc\n",
    "a\n  {{ text }}\n  b\n\n",
    "a\n  {%- if true %}\n  b\n  {%- endif %}\nc",
    "a\n  {% if true -%}\n  b\n  {% endif -%}\nc",
    "  {% if true %} x {% endif %}  \n  y",
    "a {% if true %}\nb{% endif %}\n\nc",
    "{% for x in list %}\n  - {{ x }}\n{% endfor %}\nend",
    "{%+ if true %}\n  a\n  {%+ endif %}\nb",
    "  {# comment #}\n  b\n  {#- c -#}\n  d",
    "x {# comment #}\ny\n  {#\n many\n lines #}\nz",
    "\n\n{% set a = 1 %}\n\n{{ a }}\n\n",
    "{% if true %}\r\n a\r\n{% endif %}\r\nb\r\n",
    "{{ text\n   | upper\n}}\nx",
    "{% if true %}x{% endif +%}\ny",
    "  {% raw %}\n {{ a }}\n  {% endraw %}\nb",
    "\t{% if true %}\n\t\ta\n\t{% endif %}\n",
    "{{ 'a' }}  {%- set x = 1 %}  {{ 'b' }}",
    "{%- for m in messages -%}\n\n {{ m.role }} \n\n{%- endfor -%}\n\n",
    "a\n{%- if false -%} x {%- else -%} y {%- endif %}\nb\n",
    " {% if true %}{% if true %}\n x\n {% endif %} {% endif %}\n z",
]
