import json

SPACE = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2008\u2009\u200a\u2028\u2029\u205f\u3000"
)


def reference(item):
    value = item.get("reference_answer")
    if value is None or value == "":
        raise ValueError("the row has no reference answer")
    if not isinstance(value, str):
        value = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return value.strip(SPACE)


def grade(sample, item):
    return 1.0 if reference(item) in sample["output_text"] else 0.0
