"""Answers questions, one line each, by calling one function of a source that comes first.

A question is "NONCE JSON", its answer "NONCE JSON" again. Questions and answers have descriptors of
their own: what the function prints goes to standard error, and it reads an empty input.
"""

import json
import os
import sys
import time


def serve():
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    owner = os.getpid()
    function = None
    for line in questions:
        nonce, _, body = line.rstrip(b"\n").partition(b" ")
        question = json.loads(body)
        if "source" in question:
            answer, function = load(question)
        elif "inspect" in question:
            answer = inspect(question)
        else:
            answer = function(question)
        if os.getpid() != owner:
            os._exit(0)  # a copy of this process that the function made and let return
        sys.stdout.flush()
        answers.write(nonce + b" " + answer.encode("ascii") + b"\n")
        answers.flush()


def load(question):
    """Returns the answer to a source, and what answers each call of its function."""
    import linecache
    import types

    source, file, name = question["source"], question["file"], question["function"]
    module = types.ModuleType(file.rpartition(".")[0] or file)
    module.__file__ = file
    source = source.removeprefix("\ufeff")
    sys.modules[module.__name__] = module
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    if question["lambda"]:
        os.environ.update(AWS_REGION="us-east-1", AWS_DEFAULT_REGION="us-east-1", AWS_LAMBDA_FUNCTION_NAME="reward")
    try:
        exec(compile(source, file, "exec", dont_inherit=True), module.__dict__)
    except BaseException as thrown:
        return failure("RAISED", thrown, file), None
    called = getattr(module, name, None)
    if not callable(called):
        found = sorted(k for k, v in vars(module).items() if isinstance(v, types.FunctionType))
        return json.dumps({"kind": "NO_FUNCTION", "found": found}), None

    def answer(question):
        arguments = question["arguments"]
        if question.get("request"):
            arguments = arguments + [Context(question["request"], question["millis"])]
        try:
            value = called(*arguments)
        except BaseException as thrown:
            return failure("RAISED", thrown, file)
        try:
            return json.dumps({"value": value})
        except (TypeError, ValueError, RecursionError) as thrown:
            message = "it returned a value of type %s, which JSON cannot hold: %s" % (type(value).__name__, thrown)
            return json.dumps({"kind": "NOT_JSON", "message": message})

    return json.dumps({"value": None}), answer


def failure(kind, thrown, file):
    """Returns what was raised, with the last line of the user's own that led there."""
    line, text = None, ""
    if isinstance(thrown, SyntaxError) and thrown.filename == file:
        line, text = thrown.lineno, thrown.text or ""
        message = thrown.msg
    else:
        message = said(thrown)
        trace = thrown.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == file:
                line = trace.tb_lineno
            trace = trace.tb_next
        if line is not None:
            import linecache

            text = linecache.getline(file, line)
    return json.dumps(
        {
            "kind": kind,
            "type": type(thrown).__name__,
            "message": message[:2000],
            "line": line,
            "text": text.strip()[:200],
            "cause": cause(thrown),
        }
    )


def said(thrown):
    try:
        return str(thrown)
    except BaseException:
        return ""


def cause(thrown):
    """Returns "network" or "module" if a lack of these is behind what was raised, else None."""
    import errno
    import socket

    seen = set()
    while thrown is not None and id(thrown) not in seen:
        seen.add(id(thrown))
        reason = getattr(thrown, "reason", None)
        for each in (thrown, reason):
            name = type(each).__name__
            if isinstance(each, ModuleNotFoundError):
                return "module"
            if isinstance(each, (socket.gaierror, socket.herror)) or (
                isinstance(each, OSError) and each.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH)
            ):
                return "network"
            if name in ("EndpointConnectionError", "NoCredentialsError", "ConnectTimeoutError"):
                return "network"
        thrown = thrown.__cause__ or thrown.__context__
    return None


def inspect(question):
    """Returns the functions that a source defines, without running any of it."""
    import ast

    file = question["file"]
    try:
        tree = ast.parse(question["inspect"].removeprefix("\ufeff"), file)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as thrown:
        return json.dumps(
            {
                "kind": "RAISED",
                "type": type(thrown).__name__,
                "message": getattr(thrown, "msg", None) or said(thrown),
                "line": getattr(thrown, "lineno", None),
                "column": getattr(thrown, "offset", None),
            }
        )
    functions, names = [], []
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            arguments = [a.arg for a in node.args.posonlyargs + node.args.args]
            required = len(arguments) - len(node.args.defaults)
            functions.append({"name": node.name, "line": node.lineno, "arguments": arguments, "required": required})
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names += [each.asname or each.name for each in node.names]
        elif isinstance(node, ast.Assign):
            names += [target.id for target in node.targets if isinstance(target, ast.Name)]
    return json.dumps({"value": {"functions": functions, "names": names}})


class Context:
    """What a Lambda function gets as its second argument."""

    function_name = "reward"
    function_version = "$LATEST"
    invoked_function_arn = "arn:aws:lambda:us-east-1:000000000000:function:reward"
    memory_limit_in_mb = "1024"
    log_group_name = "/aws/lambda/reward"
    log_stream_name = "local"
    identity = None
    client_context = None

    def __init__(self, request, millis):
        self.aws_request_id = request
        self._end = time.monotonic() + millis / 1000

    def get_remaining_time_in_millis(self):
        return max(0, int((self._end - time.monotonic()) * 1000))

    def log(self, message):
        sys.stderr.write(str(message))


serve()
