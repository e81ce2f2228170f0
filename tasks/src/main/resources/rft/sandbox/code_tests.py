"""One of two processes: the solution, which runs code of a model, or the tests, which judge it.

The tests never run that code: they ask for calls of its functions, and plain values come back. What
is no plain value stays in the solution's process and is known to the tests by a number alone, so
that an object which claims to equal anything, or a changed assert, has nobody to convince.
"""

import builtins
import json
import os
import sys

MOST_OBJECTS = 100000
CONTAINERS = {"l": list, "t": tuple, "s": set, "z": frozenset}


def channel():
    """Returns where lines come from and go to; print and input have nothing to do with them."""
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    owner = os.getpid()

    def read():
        line = questions.readline()
        if not line:
            os._exit(0)
        nonce, _, body = line.rstrip(b"\n").partition(b" ")
        return nonce, json.loads(body)

    def write(nonce, answer):
        if os.getpid() != owner:
            os._exit(0)
        answers.write(nonce + b" " + json.dumps(answer).encode("ascii") + b"\n")
        answers.flush()

    return read, write


def encode(value, other):
    """Returns a value as JSON; other says what becomes of one that is not plain."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int.__int__(value)
    if isinstance(value, float):
        return float.__float__(value)
    if isinstance(value, complex):
        return {"c": [value.real, value.imag]}
    if isinstance(value, (bytes, bytearray)):
        return {"b": bytes(value).hex()}
    if isinstance(value, dict):
        return {"d": [[encode(k, other), encode(v, other)] for k, v in value.items()]}
    for tag, kind in CONTAINERS.items():
        if isinstance(value, kind):
            return {tag: [encode(each, other) for each in value]}
    return other(value)


def decode(data, other):
    """Returns the value again, of a built-in type exactly; other makes one of a number."""
    if not isinstance(data, dict):
        return data
    (tag, content), = data.items()
    if tag in CONTAINERS:
        return CONTAINERS[tag](decode(each, other) for each in content)
    if tag == "d":
        return {decode(k, other): decode(v, other) for k, v in content}
    if tag == "b":
        return bytes.fromhex(content)
    if tag == "c":
        return complex(*content)
    return other(content)


def solution(read, write, nonce, question):
    """Runs the model's source, then answers calls."""
    import types

    module = types.ModuleType("solution")
    sys.modules["solution"] = module
    objects = []

    def keep(value):
        if len(objects) >= MOST_OBJECTS:
            raise MemoryError("too many objects")
        objects.append(value)
        return {"o": len(objects) - 1}

    def told(thrown):
        try:
            message = str(thrown)[:300]
        except BaseException:
            message = ""
        bases = [c.__name__ for c in type(thrown).__mro__ if c.__module__ == "builtins"]
        return {"raised": type(thrown).__name__, "message": message, "bases": bases}

    try:
        exec(compile(question["solution"], "solution.py", "exec", dont_inherit=True), module.__dict__)
    except BaseException as thrown:
        write(nonce, told(thrown))
        return
    write(nonce, {"names": [name for name in vars(module) if not name.startswith("__")]})

    operations = {
        "name": lambda name: getattr(module, name),
        "call": lambda called, *arguments, **keywords: called(*arguments, **keywords),
        "get": getattr,
        "set": setattr,
        "item": lambda value, key: value[key],
        "put": lambda value, key, item: value.__setitem__(key, item),
        "list": lambda value: list(value),
        "next": next,
        "len": len,
        "has": lambda value, item: item in value,
        "equal": lambda a, b: bool(a == b),
        "less": lambda a, b: bool(a < b),
        "kind": lambda value, kind: isinstance(value, kind),
        "text": str,
        "show": repr,
    }
    while True:
        nonce, question = read()
        try:
            arguments = decode(question["arguments"], objects.__getitem__)
            keywords = decode(question.get("keywords", {"d": []}), objects.__getitem__)
            value = encode(operations[question["do"]](*arguments, **keywords), keep)
            after = [encode(a, keep) if isinstance(a, (list, dict, set)) else None for a in arguments]
            write(nonce, {"value": value, "after": after})
        except BaseException as thrown:
            write(nonce, told(thrown))


class Gone(BaseException):
    """The solution does not answer any more; no test may catch that."""


class Raised(Exception):
    """The solution raised something of its own."""


def tests(read, write, nonce, question):
    """Judges by running statements that use the solution's names."""
    import types

    state = {"nonce": nonce}

    def ask(do, *arguments, **keywords):
        wire = {"do": do, "arguments": encode(list(arguments), sent), "keywords": encode(keywords, sent)}
        write(state["nonce"], {"ask": wire})
        state["nonce"], answer = read()
        if "gone" in answer:
            raise Gone(answer["gone"])
        if "raised" in answer:
            raise exception(answer)
        for argument, after in zip(arguments, answer.get("after", [])):
            if after is not None:
                changed = decode(after, Remote)
                if isinstance(argument, list):
                    argument[:] = changed
                elif isinstance(argument, (dict, set)):
                    argument.clear()
                    argument.update(changed)
        return decode(answer["value"], Remote)

    def sent(value):
        if type(value) is Remote:
            return {"o": object.__getattribute__(value, "_number")}
        raise TypeError("a test gives plain values, and what the solution returned, not " + type(value).__name__)

    class Remote:
        """Something of the solution's that is no plain value."""

        def __init__(self, number):
            object.__setattr__(self, "_number", number)

        def __call__(self, *arguments, **keywords):
            return ask("call", self, *arguments, **keywords)

        def __getattr__(self, name):
            return ask("get", self, name)

        def __setattr__(self, name, value):
            ask("set", self, name, value)

        def __getitem__(self, key):
            return ask("item", self, key)

        def __setitem__(self, key, value):
            ask("put", self, key, value)

        def __iter__(self):
            return iter(ask("list", self))

        def __next__(self):
            return ask("next", self)

        def __len__(self):
            return ask("len", self)

        def __contains__(self, item):
            return ask("has", self, item) is True

        def __eq__(self, other):
            return type(other) is Remote and ask("equal", self, other) is True

        def __lt__(self, other):
            return type(other) is Remote and ask("less", self, other) is True

        def __instancecheck__(self, value):
            return type(value) is Remote and ask("kind", value, self) is True

        def __hash__(self):
            return object.__getattribute__(self, "_number")

        def __bool__(self):
            return True

        def __str__(self):
            return ask("text", self)

        def __repr__(self):
            return ask("show", self)

    module = types.ModuleType("solution")
    module.__getattr__ = lambda name: ask("name", name)
    sys.modules["solution"] = module
    write(nonce, {})
    names = None
    while True:
        state["nonce"], question = read()
        names = question["names"]
        verdict = judged(question["test"], names, ask)
        write(state["nonce"], verdict)


def exception(answer):
    """Returns what the solution raised, as the nearest built-in exception."""
    for name in answer.get("bases", []):
        kind = getattr(builtins, str(name), None)
        if isinstance(kind, type) and issubclass(kind, Exception) and kind is not Exception:
            try:
                return kind(answer["message"])
            except TypeError:
                break
    return Raised("%s: %s" % (answer["raised"], answer["message"]))


def judged(test, names, ask):
    import linecache

    linecache.cache["test"] = (len(test), None, test.splitlines(True), "test")
    try:
        code = compile(test, "test", "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as thrown:
        return {"broken": "%s: %s" % (type(thrown).__name__, thrown)}
    scope = {"__name__": "test"}
    try:
        for name in names:
            # A solution must not replace what the tests are made of.
            if name in test and not hasattr(builtins, name):
                scope[name] = ask("name", name)
        exec(code, scope)
    except BaseException as thrown:
        return {"failed": described(thrown)}
    return {"passed": True}


def described(thrown):
    import linecache

    trace, text = thrown.__traceback__, ""
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "test":
            text = linecache.getline("test", trace.tb_lineno).strip()
        trace = trace.tb_next
    if isinstance(thrown, Gone):
        return "%s (%s)" % (thrown, text)
    try:
        message = str(thrown)
    except BaseException:
        message = ""
    name = type(thrown).__name__
    return "%s%s%s" % (name, ": " + message if message else "", " (" + text + ")" if text else "")


def main():
    read, write = channel()
    nonce, question = read()
    role = solution if "solution" in question else tests
    role(read, write, nonce, question)


main()
